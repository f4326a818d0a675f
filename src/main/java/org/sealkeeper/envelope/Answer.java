package org.sealkeeper.envelope;

import java.util.OptionalLong;

/**
 * What a request ended in.
 *
 * @param leaf the index of the leaf of the audit log that says so; empty where it is a refusal that is counted with others
 */
record Answer(DataKeyResult result, OptionalLong leaf) {}
