package org.sealkeeper.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Of the events of all kinds of leaves, those that a validator can see a difference in: each has a member or a code, at some place, that none
 * before it has. Our own codes are compared with the published ones by another test.
 */
final class DifferentEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DifferentEvents() {}

    static List<String> of(FhirRelease release) {
        Set<String> seen = new HashSet<>();
        List<String> different = new ArrayList<>();
        for (LoggedLeaf leaf : TellableLeaves.all()) {
            String event = release.auditEvent(leaf).json();
            if (seen.addAll(features(event))) {
                different.add(event);
            }
        }
        return different;
    }

    private static Set<String> features(String event) {
        try {
            Set<String> features = new TreeSet<>();
            collect(JSON.readTree(event), "", features);
            return features;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(JsonNode node, String path, Set<String> features) {
        features.add(path);
        String system = node.path("system").asText();
        if (node.has("code") && node.has("system") && !system.startsWith("urn:sealkeeper")) {
            features.add(path + " " + system + " " + node.get("code").asText());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            collect(member.getValue(), path + "/" + member.getKey(), features);
        }
        if (node.isArray()) {
            node.forEach(item -> collect(item, path, features));
        }
    }
}
