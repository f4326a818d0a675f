/**
 * Notices when the store is not the one that was signed with: this process and the token both remember what was signed, and one
 * appliance at a time holds the lease of the token's keys.
 *
 * <p>{@link org.sealkeeper.rollback.RollbackGuard} looks at every transaction: inside it, whether the store still has what
 * {@link org.sealkeeper.rollback.ProcessMemory} remembers; after it, {@link org.sealkeeper.rollback.MemoryWriter} has the token
 * remember it, and only then are callers answered. {@link org.sealkeeper.rollback.TokenMemory} compares the store with the token at the start.
 */
@NullMarked
package org.sealkeeper.rollback;

import org.jspecify.annotations.NullMarked;
