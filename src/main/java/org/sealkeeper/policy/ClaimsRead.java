package org.sealkeeper.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which claims a condition reads.
 *
 * @param names of those it names
 * @param isUnbounded whether it handles the claims as a whole too, or by names it computes
 */
record ClaimsRead(Set<String> names, boolean isUnbounded) {
    private static final String CLAIMS = "caller.claims";

    ClaimsRead {
        names = Set.copyOf(names);
    }

    static ClaimsRead by(CelAbstractSyntaxTree condition) {
        Set<String> names = new TreeSet<>();
        boolean isUnbounded = false;
        List<CelNavigableExpr> uses = CelNavigableAst.fromAst(condition)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT
                        && node.expr().ident().name().equals(CLAIMS))
                .toList();
        for (CelNavigableExpr use : uses) {
            Optional<String> name = use.parent().map(CelNavigableExpr::expr).flatMap(ClaimsRead::named);
            name.ifPresent(names::add);
            isUnbounded |= name.isEmpty();
        }
        return new ClaimsRead(names, isUnbounded);
    }

    /** {@code caller.claims.x}, {@code has(caller.claims.x)}, {@code caller.claims["x"]} or {@code "x" in caller.claims}. */
    private static Optional<String> named(CelExpr parent) {
        return switch (parent.exprKind().getKind()) {
            case SELECT -> Optional.of(parent.select().field());
            case CALL ->
                switch (parent.call().function()) {
                    case "_[_]" -> text(parent.call().args().getLast());
                    case "@in" -> text(parent.call().args().getFirst());
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(CelExpr argument) {
        return argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(argument.constant().stringValue())
                : Optional.empty();
    }
}
