package org.sealkeeper.issuers;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of an issuer's JWK Set.
 *
 * @param keys those that are understood, all public
 * @param ignored the {@code kid}s of the others, where they have one: of a type to come, without members of theirs, or private
 * @param hasPrivate whether one of the others is private or symmetric
 */
record IssuerKeySet(JWKSet keys, Set<String> ignored, boolean hasPrivate) {

    /**
     * Leaves out what is not understood (RFC 7517 section 5): issuers publish keys for others too.
     *
     * @throws ParseException if it is no JWK Set
     */
    static IssuerKeySet parse(String json) throws ParseException {
        Map<String, Object>[] members = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
        if (members == null) {
            throw new ParseException("expected an object with the member 'keys'", 0);
        }
        List<JWK> understood = new ArrayList<>();
        Set<String> ignored = new HashSet<>();
        boolean hasPrivate = false;
        for (Map<String, Object> member : members) {
            try {
                JWK key = JWK.parse(member);
                if (!key.isPrivate()) {
                    understood.add(key);
                    continue;
                }
                hasPrivate = true;
            } catch (ParseException | IllegalArgumentException e) {
                // left out, as the one above
            }
            if (member.get("kid") instanceof String kid) {
                ignored.add(kid);
            }
        }
        return new IssuerKeySet(new JWKSet(understood), Set.copyOf(ignored), hasPrivate);
    }
}
