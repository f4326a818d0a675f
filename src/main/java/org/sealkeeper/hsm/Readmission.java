package org.sealkeeper.hsm;

/** What a token must prove when it was let in anew, before anything is asked of it for a caller. */
@FunctionalInterface
public interface Readmission {
    /**
     * Tries its keys, and what it must refuse.
     *
     * @param candidate the token; not in use yet, and not to be kept
     * @throws org.sealkeeper.config.ConfigurationFault if keys or refusals are not as declared: an operator must look
     * @throws HsmFault if the token failed: it is tried again
     */
    void prove(Hsm candidate);
}
