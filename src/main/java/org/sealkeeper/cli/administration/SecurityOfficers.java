package org.sealkeeper.cli.administration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.TokenLabel;

/** The security officers of some tokens, logged in together; no user is, in this process, in any of these tokens. */
public final class SecurityOfficers implements AutoCloseable {
    private final List<SecurityOfficer> all;

    private SecurityOfficers(List<SecurityOfficer> all) {
        this.all = List.copyOf(all);
    }

    /** Tries each PIN once; stops at the first that is refused. */
    static SecurityOfficers open(List<TokenSettings> tokens, Map<TokenLabel, Path> pins) {
        List<SecurityOfficer> opened = new ArrayList<>();
        try {
            for (TokenSettings token : tokens) {
                Path pin = pins.get(token.label());
                if (pin != null) {
                    opened.add(SecurityOfficer.open(token.profile(), token.label(), pin));
                }
            }
            return new SecurityOfficers(opened);
        } catch (RuntimeException e) {
            opened.forEach(SecurityOfficer::close);
            throw e;
        }
    }

    public List<SecurityOfficer> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(SecurityOfficer::close);
    }
}
