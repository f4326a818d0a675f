package org.sealkeeper.sealing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEObjectJSON;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sealkeeper.testing.Command;

/** What docs/operations/records.md tells other systems to do: nothing in it is ours. */
public final class Recipe {
    /** The command by which openssl opens a data key. */
    public static final List<String> DECRYPT =
            List.of("-decrypt", "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1");

    private static final Path SOURCE = Path.of("src/test/java/org/sealkeeper/sealing/Recipe.java");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Recipe() {}

    /** A record, opened by a JOSE library. */
    public static byte[] openWithNimbus(JsonNode sealed, JsonNode released, Path keyFile) throws Exception {
        // docs/operations/records.md begins
        String pem = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----|\\s", "");
        var key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));

        Map<String, Object> jwe = JSONObjectUtils.parse(sealed.get("jwe").toString());
        jwe.put("encrypted_key", released.get("encryptedKey").asText());
        JWEObjectJSON record = JWEObjectJSON.parse(jwe);
        record.decrypt(new RSADecrypter(key));
        byte[] content = record.getPayload().toBytes();
        // docs/operations/records.md ends
        return content;
    }

    /** Those lines, as a page shows them. */
    public static String nimbusPartOfItsSource() throws IOException {
        String source = Files.readString(SOURCE);
        String mark = "// docs/operations/records.md ";
        int begin = source.indexOf('\n', source.indexOf(mark + "begins")) + 1;
        // A last, empty line would count as one without indent.
        int end = source.lastIndexOf('\n', source.indexOf(mark + "ends"));
        return source.substring(begin, end).stripIndent();
    }

    /** The data key alone, opened by openssl. */
    public static byte[] dataKeyWithOpenssl(Path folder, JsonNode released, Path keyFile) throws IOException {
        Path encrypted = folder.resolve("encrypted-key");
        Path opened = folder.resolve("data-key");
        Files.write(
                encrypted,
                Base64.getUrlDecoder().decode(released.get("encryptedKey").asText()));
        List<String> line = new ArrayList<>(List.of("openssl", "pkeyutl"));
        line.addAll(DECRYPT);
        line.addAll(List.of("-inkey", keyFile.toString(), "-in", encrypted.toString(), "-out", opened.toString()));
        Command.run(folder, line).succeeded();
        return Files.readAllBytes(opened);
    }

    /** A record, opened with the data key by AES-GCM as RFC 7516 section 5.2 has it. */
    public static byte[] openWithTheJdk(JsonNode sealed, byte[] dataKey) throws GeneralSecurityException {
        JsonNode jwe = sealed.get("jwe");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(dataKey, "AES"), new GCMParameterSpec(128, bytes(jwe, "iv")));
        cipher.updateAAD((jwe.get("protected").asText() + "." + jwe.get("aad").asText()).getBytes(US_ASCII));
        byte[] _ = cipher.update(bytes(jwe, "ciphertext"));
        return cipher.doFinal(bytes(jwe, "tag"));
    }

    private static byte[] bytes(JsonNode jwe, String member) {
        return Base64.getUrlDecoder().decode(jwe.get(member).asText());
    }

    /** An object with its numbers to the last digit. */
    public static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected a JSON object, found " + json, e);
        }
    }
}
