package org.sealkeeper.policy;

import java.util.Optional;
import java.util.Set;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/** The names a policy may speak of; what is empty is not checked. */
public record KnownNames(Optional<Set<ChainName>> chains, Optional<Set<KeyAlias>> keys) {
    /** Any name will do: for a policy that is looked at away from its appliance. */
    public static final KnownNames ANY = new KnownNames(Optional.empty(), Optional.empty());

    public KnownNames {
        chains = chains.map(Set::copyOf);
        keys = keys.map(Set::copyOf);
    }

    /** Exactly these. */
    public static KnownNames of(Set<ChainName> chains, Set<KeyAlias> keys) {
        return new KnownNames(Optional.of(chains), Optional.of(keys));
    }
}
