package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sealkeeper.config.Section;

/**
 * Separation of duties: no role both uses a data key and administers it, unless the policy names the role as an exception.
 *
 * <p>It is checked for each role alone. That no person has two roles is for the issuers of certificates and groups.
 */
final class Separation {
    private final Mistakes mistakes;
    private final List<String> roles;
    private final List<Placed> users = new ArrayList<>();
    private final List<Placed> administrators = new ArrayList<>();

    /** Takes the names of the roles by their numbers. */
    Separation(Mistakes mistakes, List<String> roles) {
        this.mistakes = mistakes;
        this.roles = roles;
    }

    private record Placed(Rule grant, Section section) {}

    void add(Rule grant, Section section) {
        if (grant.operations().stream().anyMatch(PolicyOperation.USE::contains)) {
            users.add(new Placed(grant, section));
        }
        if (grant.operations().stream().anyMatch(PolicyOperation.ADMINISTRATION::contains)) {
            administrators.add(new Placed(grant, section));
        }
    }

    void check(Section root, List<String> warnings) {
        Set<String> exceptions = root.has("separationExceptions")
                ? new TreeSet<>(root.values("separationExceptions", this::role))
                : Set.of();
        Set<String> colliding = new HashSet<>();
        for (Placed user : users) {
            for (Placed administrator : administrators) {
                List<String> both = collision(user.grant, administrator.grant).stream()
                        .mapToObj(roles::get)
                        .toList();
                for (String role : both) {
                    if (colliding.add(role) && !exceptions.contains(role)) {
                        report(role, user, administrator);
                    }
                }
            }
        }
        Set<String> idle = new TreeSet<>(exceptions);
        idle.removeAll(colliding);
        if (!idle.isEmpty()) {
            warnings.add(root.fault("separationExceptions", "not needed by " + String.join(", ", idle))
                    .getMessage());
        }
    }

    private String role(String name) {
        if (!roles.contains(name)) {
            throw new IllegalArgumentException("expected a role that is declared under 'roles'");
        }
        return name;
    }

    /** The numbers of the roles that both grants give something to, where they are about a common key. */
    static BitSet collision(Rule user, Rule administrator) {
        boolean shareKey = user.keys().orElse(List.of()).stream()
                .anyMatch(
                        used -> administrator.keys().orElse(List.of()).stream().anyMatch(used::overlaps));
        BitSet both = (BitSet) user.roles().clone();
        both.and(administrator.roles());
        return shareKey ? both : new BitSet();
    }

    private void report(String role, Placed user, Placed administrator) {
        mistakes.add(administrator.section.fault(
                "operations",
                "role '" + role + "' may use a data key by " + user.grant.path() + " and administer it by "
                        + administrator.grant.path()
                        + "; give one of them to another role, or name the role in 'separationExceptions'"));
    }
}
