package org.sealkeeper.rollback;

import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.sealkeeper.kernel.TokenLabel;

/** A token cannot be asked that may remember more of what was signed than the others. */
final class TokenMissing extends Fault {
    private static final long serialVersionUID = 1L;

    TokenMissing(List<TokenLabel> missing) {
        super(
                FaultKind.HSM_UNAVAILABLE,
                "what was signed may be remembered by " + named(missing)
                        + " alone, which cannot be used now: bring it back. Where it is lost for good, see 'sealkeeper token"
                        + " forget --help'",
                null);
    }

    private static String named(List<TokenLabel> missing) {
        return missing.stream().map(label -> "the token '" + label + "'").collect(Collectors.joining(" and "));
    }
}
