package org.sealkeeper.envelope;

/**
 * What a request ended in.
 *
 * @param leaf the index of the leaf of the audit log that says so
 */
record Answer(DataKeyResult result, long leaf) {}
