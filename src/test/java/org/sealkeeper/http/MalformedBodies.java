package org.sealkeeper.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.stream.Stream;

/** Bodies that are not quite an {@link EchoResource.Block} or {@link EchoResource.Batch}, with what is to be said of each. */
public final class MalformedBodies {
    public static final String HASH = "ab".repeat(32);
    public static final String BLOCK =
            "{\"height\":12,\"previousHash\":\"" + HASH + "\",\"blockHash\":\"" + HASH + "\"}";

    private static final String INTEGER = "expected an integer from 0 to 9007199254740991";
    private static final String HEX = "expected 20 to 64 bytes of lowercase hexadecimal";
    private static final String OBJECT = "expected a JSON object";
    private static final String SYNTAX = "expected valid JSON (RFC 8259), malformed at line 1";

    private MalformedBodies() {}

    /**
     * A body, the field to blame and the beginning of the detail.
     *
     * @param bytes one character for each byte
     */
    public record Case(String name, String bytes, String field, String detail) {
        public byte[] body() {
            return bytes.getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static Stream<Case> blocks() {
        return Stream.of(
                // the document
                text("nothing", "", "body", OBJECT),
                text("white space", "  \n", "body", OBJECT),
                text("null", "null", "body", OBJECT),
                text("an array", "[" + BLOCK + "]", "body", OBJECT),
                text("a string", "\"x\"", "body", OBJECT),
                text("an empty string", "\"\"", "body", OBJECT),
                text("a number", "12", "body", OBJECT),
                text("cut off", BLOCK.substring(0, BLOCK.length() - 1), "body", SYNTAX),
                text("trailing word", BLOCK + " x", "body", SYNTAX),
                text("second document", BLOCK + BLOCK, "body", "expected nothing after the JSON object"),
                text("trailing bracket", BLOCK + "]", "body", SYNTAX),
                text("trailing zero byte", BLOCK + "\0", "body", SYNTAX),
                text("a comment", "/**/" + BLOCK, "body", SYNTAX),
                text("trailing comma", BLOCK.replace("}", ",}"), "body", SYNTAX),
                text("single quotes", BLOCK.replace('"', '\''), "body", SYNTAX),
                text("bare field names", BLOCK.replace("\"height\"", "height"), "body", SYNTAX),
                encoded("UTF-16", BLOCK, UTF_16, "body", "expected UTF-8"),
                encoded("UTF-16 without a mark", BLOCK, Charset.forName("UTF-16BE"), "body", SYNTAX),
                text("byte order mark", "\uFEFF" + BLOCK, "body", SYNTAX),
                encoded("Latin-1", note("\"\u00e9\""), ISO_8859_1, "body", "expected UTF-8"),
                encoded("overlong UTF-8", note("\"\u00c0\u00af\""), ISO_8859_1, "body", "expected UTF-8"),
                encoded("UTF-8 surrogate", note("\"\u00ed\u00a0\u0080\""), ISO_8859_1, "body", "expected UTF-8"),
                text("control character", note("\"\u0001\""), "body", SYNTAX),
                // the fields
                text("no field", "{}", "height", "expected this field, found none"),
                text("missing field", BLOCK.replace("\"height\":12,", ""), "height", "expected this field"),
                text(
                        "unknown field",
                        BLOCK.replace("}", ",\"x\":1}"),
                        "x",
                        "unknown field; known here: blockHash, height"),
                text("other case", BLOCK.replace("height", "Height"), "height", "expected this field"),
                text("twice", BLOCK.replace("}", ",\"height\":12}"), "height", "this field stands here twice"),
                text(
                        "twice, escaped",
                        BLOCK.replace("}", ",\"\\u0068eight\":13}"),
                        "height",
                        "this field stands here twice"),
                text("unknown twice", BLOCK.replace("{", "{\"x\":1,\"x\":1,"), "x", "this field stands here twice"),
                // heights
                height("\"12\"", "height", INTEGER),
                height("12.0", "height", INTEGER),
                height("1.2", "height", INTEGER),
                height("1e1", "height", INTEGER),
                height("true", "height", INTEGER),
                height("null", "height", "expected a value, found null"),
                height("[12]", "height", INTEGER),
                height("{}", "height", INTEGER),
                height("-1", "height", INTEGER),
                height("-0", "height", INTEGER),
                height("9007199254740992", "height", INTEGER),
                height("9223372036854775808", "height", INTEGER),
                height("18446744073709551628", "height", INTEGER),
                height(
                        "1" + "0".repeat(40),
                        "body",
                        "expected at most 16 levels of nesting, 32 characters in a number"),
                height("012", "body", SYNTAX),
                height("+12", "body", SYNTAX),
                height("0x0c", "body", SYNTAX),
                height("NaN", "body", SYNTAX),
                height("", "body", SYNTAX),
                // hashes
                hash("\"" + HASH.toUpperCase(Locale.ROOT) + "\"", HEX),
                hash("\"\"", HEX),
                hash("\"" + HASH + "a\"", HEX),
                hash("\"" + HASH + "\\n\"", HEX),
                hash("\"" + "ab".repeat(65) + "\"", HEX),
                hash("\"" + "ab".repeat(19) + "\"", HEX),
                hash("12", "expected a string"),
                hash("true", "expected a string"),
                hash("null", "expected a value, found null"),
                hash("[\"" + HASH + "\"]", "expected a string"),
                hash("{\"hex\":\"" + HASH + "\"}", "expected a string"),
                // strings
                text("note of a number", note("1"), "note", "expected a string"),
                text("note of true", note("true"), "note", "expected a string"),
                text("note null", note("null"), "note", "expected a value, found null"),
                text("half a character", note("\"\\ud800\""), "note", "expected a string of whole Unicode characters"),
                text("halves reversed", note("\"\\udc00\\ud800\""), "note", "expected a string of whole"),
                text("deep", "{\"x\":" + "[".repeat(500), "body", "expected at most 16 levels of nesting"),
                text("deep in a known field", note("[".repeat(500)), "note", "expected a string"));
    }

    public static Stream<Case> batches() {
        String good = "{\"blocks\":[" + BLOCK + "," + BLOCK + "],\"limit\":3,\"strict\":true}";
        return Stream.of(
                text("bad height inside", good.replaceFirst("12(?=.*12)", "\"12\""), "blocks[0].height", INTEGER),
                text(
                        "missing inside",
                        good.replaceFirst("(?s)(.*)\"height\":12,", "$1"),
                        "blocks[1].height",
                        "expected this"),
                text(
                        "unknown inside",
                        good.replaceFirst("\"height\"", "\"x\":1,\"height\""),
                        "blocks[0].x",
                        "unknown field"),
                text(
                        "twice inside",
                        good.replaceFirst("(?s)(.*)\"height\"", "$1\"height\":1,\"height\""),
                        "blocks[1].height",
                        "this field stands here twice"),
                text("null inside", good.replace("[" + BLOCK, "[null"), "blocks[0]", "expected a value, found null"),
                text("string inside", good.replace("[" + BLOCK, "[\"x\""), "blocks[0]", OBJECT),
                text("list inside", good.replace("[" + BLOCK, "[[]"), "blocks[0]", OBJECT),
                text(
                        "no list",
                        good.replace("[" + BLOCK + "," + BLOCK + "]", BLOCK),
                        "blocks",
                        "expected a JSON array"),
                text("text for an integer", good.replace(":3", ":\"3\""), "limit", "expected an integer"),
                text("fraction for an integer", good.replace(":3", ":3.0"), "limit", "expected an integer"),
                text("exponent for an integer", good.replace(":3", ":3e0"), "limit", "expected an integer"),
                text("true for an integer", good.replace(":3", ":true"), "limit", "expected an integer"),
                text("too large an integer", good.replace(":3", ":3000000000"), "limit", "expected an integer"),
                text("null for an integer", good.replace(":3", ":null"), "limit", "expected a value, found null"),
                text("text for a boolean", good.replace(":true", ":\"true\""), "strict", "expected true or false"),
                text("number for a boolean", good.replace(":true", ":1"), "strict", "expected true or false"),
                text("missing boolean", good.replace(",\"strict\":true", ""), "strict", "expected this field"));
    }

    private static String note(String json) {
        return BLOCK.replace("}", ",\"note\":" + json + "}");
    }

    private static Case height(String json, String field, String detail) {
        return text("height " + json, BLOCK.replace(":12", ":" + json), field, detail);
    }

    private static Case hash(String json, String detail) {
        return text(
                "blockHash " + json,
                BLOCK.replace("\"blockHash\":\"" + HASH + "\"", "\"blockHash\":" + json),
                "blockHash",
                detail);
    }

    private static Case text(String name, String body, String field, String detail) {
        return encoded(name, body, UTF_8, field, detail);
    }

    private static Case encoded(String name, String body, Charset charset, String field, String detail) {
        return new Case(name, new String(body.getBytes(charset), ISO_8859_1), field, detail);
    }
}
