package org.sealkeeper.keys.planning;

import org.sealkeeper.hsm.Finding;
import org.sealkeeper.kernel.TokenLabel;

/** One way in which a token is not what the store says. */
public record Drift(TokenLabel token, Finding finding) {}
