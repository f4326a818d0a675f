package org.sealkeeper.hsm;

/**
 * A text that one owner keeps in the token.
 *
 * @param owner whose it is; fixed when the record is made
 * @param text what the owner wrote; where a write was interrupted, the text before it stands beside it
 */
public record TokenRecord(String owner, String text) {}
