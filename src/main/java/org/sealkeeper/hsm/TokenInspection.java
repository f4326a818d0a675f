package org.sealkeeper.hsm;

import java.util.List;

/** Compares all that is in a token with what is to be there. Changes nothing. Its methods block. */
public final class TokenInspection {
    private final TokenWork work;

    TokenInspection(TokenWork work) {
        this.work = work;
    }

    /**
     * Every difference between the objects of the token and what is declared; empty where there is none.
     *
     * @param declared all that the store knows of this token
     */
    public List<Finding> findings(List<DeclaredObjects> declared) {
        return work.administer(objects -> new ObjectMatching(objects).findings(declared));
    }
}
