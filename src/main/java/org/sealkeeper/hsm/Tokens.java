package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.kernel.TokenLabel;

/**
 * The tokens of an appliance. One that fails, also at the start, is out of use by itself; where there is but one, the appliance does not
 * start without it. Safe for use by many threads.
 */
public final class Tokens implements AutoCloseable {
    private final List<Hsm> all;
    private final Map<TokenLabel, Hsm> byLabel;

    private Tokens(List<Hsm> all) {
        this.all = List.copyOf(all);
        this.byLabel = all.stream().collect(Collectors.toUnmodifiableMap(Hsm::label, Function.identity()));
    }

    /** One token alone, which its owner closes. */
    public static Tokens of(Hsm only) {
        return new Tokens(List.of(only));
    }

    /** As below, for a command. */
    public static Tokens open(List<TokenSettings> settings) {
        return open(settings, new BackgroundLoops());
    }

    /**
     * Logs in to each, once.
     *
     * @param loops where those belong that end overdue requests, probe the tokens, and let them in anew
     * @throws ConfigurationFault if a library, or the one token or PIN, is not as declared
     * @throws HsmFault if none of the tokens can be used
     */
    public static Tokens open(List<TokenSettings> settings, BackgroundLoops loops) {
        if (settings.size() == 1) {
            return of(Hsm.open(settings.getFirst(), loops));
        }
        List<Hsm> opened = new ArrayList<>();
        try {
            settings.forEach(token -> opened.add(Hsm.openIfLetIn(token, loops)));
            var tokens = new Tokens(opened);
            tokens.requireOneUsed();
            return tokens;
        } catch (RuntimeException e) {
            opened.forEach(Hsm::close);
            throw e;
        }
    }

    private void requireOneUsed() {
        if (all.stream().noneMatch(token -> token.health().isUsed())) {
            throw new HsmFault(
                    Meaning.GONE,
                    "expected one of " + all.size() + " tokens that can be used, found none: "
                            + all.stream()
                                    .map(token ->
                                            token.health().status().state().reason())
                                    .collect(Collectors.joining("; ")));
        }
    }

    /** All of them, in the order of the appliance's file. */
    public List<Hsm> all() {
        return all;
    }

    /** Those that are used now. */
    public List<Hsm> used() {
        return all.stream().filter(token -> token.health().isUsed()).toList();
    }

    /** Whether there are more than one. */
    public boolean areSeveral() {
        return all.size() > 1;
    }

    /** A token, where the audit log is to name it: an appliance with one has nothing to tell apart. */
    public Optional<TokenLabel> recorded(TokenLabel token) {
        return areSeveral() ? Optional.of(token) : Optional.empty();
    }

    /** Their labels, in the order of the appliance's file. */
    public List<TokenLabel> labels() {
        return all.stream().map(Hsm::label).toList();
    }

    /** The token of this label; empty where it is not one of the appliance's. */
    public Optional<Hsm> find(TokenLabel label) {
        return Optional.ofNullable(byLabel.get(label));
    }

    /**
     * The token of this label.
     *
     * @throws ConfigurationFault if it is not one of the appliance's
     */
    public Hsm require(TokenLabel label) {
        return find(label)
                .orElseThrow(() -> new ConfigurationFault("token '" + label
                        + "' is none of this appliance's; declare it under 'tokens' in its file, beside "
                        + labels().stream().map(TokenLabel::value).collect(Collectors.joining(", "))));
    }

    /** That the token of this label cannot be asked, as it is not one of the appliance's. */
    public static HsmFault missing(TokenLabel label) {
        return new HsmFault(Meaning.GONE, "the token '" + label + "' is none of this appliance's");
    }

    /**
     * Those of these labels that are the appliance's, all of which must be used now.
     *
     * @throws HsmFault naming the first that is not used
     */
    public List<Hsm> requireUsed(Collection<TokenLabel> labels) {
        List<Hsm> wanted =
                all.stream().filter(token -> labels.contains(token.label())).toList();
        for (Hsm token : wanted) {
            if (!token.health().isUsed()) {
                throw new HsmFault(
                        Meaning.GONE,
                        "the token '" + token.label() + "' cannot be used now: "
                                + token.health().status().state().reason() + "; run the command again when it can");
            }
        }
        return wanted;
    }

    /** Of these, the one that is used and has the least to do; empty where none of them is used. */
    public Optional<TokenLabel> leastBusy(Collection<TokenLabel> candidates) {
        return leastBusy(candidates, TokenHealth::load);
    }

    /** As above, the one that has the least to do with data keys. */
    public Optional<TokenLabel> leastBusyWithDataKeys(Collection<TokenLabel> candidates) {
        return leastBusy(candidates, TokenHealth::dataKeyLoad);
    }

    private Optional<TokenLabel> leastBusy(Collection<TokenLabel> candidates, ToDoubleFunction<TokenHealth> load) {
        return all.stream()
                .filter(token ->
                        candidates.contains(token.label()) && token.health().isUsed())
                .min(Comparator.comparingDouble(token -> load.applyAsDouble(token.health())))
                .map(Hsm::label);
    }

    /** Refuses what waits, lets what is in the tokens end, and logs out. */
    @Override
    public void close() {
        all.forEach(Hsm::close);
    }
}
