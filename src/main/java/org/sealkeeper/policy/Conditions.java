package org.sealkeeper.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles conditions: CEL expressions (the Common Expression Language) over the typed variables that {@link Facts} lists.
 *
 * <p>Their cost is bounded: by their length and depth, by the steps of their comprehensions, and because they know no regular
 * expressions.
 */
final class Conditions {
    /** Characters of an expression. */
    static final int MAX_LENGTH = 1_024;
    /** Steps of all comprehensions of one evaluation. */
    private static final int MAX_ITERATIONS = 1_000;

    private static final int MAX_DEPTH = 32;

    /** What {@link Facts} resolves. */
    private static final SortedMap<String, CelType> VARIABLES = variables();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    Conditions() {
        CelOptions options = CelOptions.current()
                .maxExpressionCodePointSize(MAX_LENGTH)
                .maxParseRecursionDepth(MAX_DEPTH)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .build();
        compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVarDeclarations(VARIABLES.entrySet().stream()
                        .map(variable -> CelVarDecl.newVarDeclaration(variable.getKey(), variable.getValue()))
                        .toList())
                .setResultType(SimpleType.BOOL)
                .build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .build();
    }

    private static SortedMap<String, CelType> variables() {
        SortedMap<String, CelType> variables = new TreeMap<>();
        for (String text : List.of(
                "caller.id",
                "caller.authentication",
                "caller.issuer",
                "caller.subject",
                "request.operation",
                "request.chain",
                "request.key",
                "request.purpose",
                "request.recipient")) {
            variables.put(text, SimpleType.STRING);
        }
        variables.put("caller.claims", MapType.create(SimpleType.STRING, SimpleType.DYN));
        variables.put("request.height", SimpleType.INT);
        variables.put("now", SimpleType.TIMESTAMP);
        return Collections.unmodifiableSortedMap(variables);
    }

    /** What became of an expression. */
    sealed interface Outcome {
        record Compiled(Condition condition) implements Outcome {}

        record Wrong(List<Complaint> complaints) implements Outcome {}
    }

    /**
     * What is wrong with an expression.
     *
     * @param line within the expression, from 1
     * @param column within the line, from 1
     */
    record Complaint(int line, int column, String message) {}

    Outcome compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            return wrong("expected a condition of at most " + MAX_LENGTH + " characters, found " + expression.length());
        }
        CelValidationResult checked = compiler.compile(expression);
        if (checked.hasError()) {
            return new Outcome.Wrong(
                    checked.getErrors().stream().map(Conditions::complaint).toList());
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            return usesRegularExpressions(tree)
                    ? wrong(
                            "expected no regular expression: 'matches' is not known here; use startsWith, endsWith or contains")
                    : new Outcome.Compiled(new Condition(expression, runtime.createProgram(tree), ClaimsRead.by(tree)));
        } catch (CelValidationException | CelEvaluationException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    private static boolean usesRegularExpressions(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .anyMatch(node -> node.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                        && node.call().function().equals("matches"));
    }

    private static Outcome wrong(String message) {
        return new Outcome.Wrong(List.of(new Complaint(1, 1, message)));
    }

    private static Complaint complaint(CelIssue issue) {
        String hint = issue.getMessage().startsWith("undeclared reference")
                ? "; known are " + String.join(", ", VARIABLES.keySet())
                : "";
        return new Complaint(
                Math.max(issue.getSourceLocation().getLine(), 1),
                issue.getSourceLocation().getColumn() + 1,
                issue.getMessage() + hint);
    }
}
