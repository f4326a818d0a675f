/**
 * A model of what keeps a height from being signed twice: appliances, their stores and the token's records, and every order in which
 * their steps may come, within small bounds.
 *
 * <p>What it leaves out: a process never believes that its lease is over, and the key is asked as soon as it may be, which is the worst
 * case. A backup is what a store was since one was brought back. No machine is turned back to between the comparison of its own objects
 * and the write that follows; see {@link org.sealkeeper.rollback.model.Misfortune}.
 */
@NullMarked
package org.sealkeeper.rollback.model;

import org.jspecify.annotations.NullMarked;
