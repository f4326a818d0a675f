package org.sealkeeper.ledger;

import java.time.Duration;

/**
 * How requests for single blocks are collected to batches.
 *
 * @param patience for how long the first that comes to an idle key waits for others; zero where it does not
 * @param statements the most that one signature is of
 */
public record BatchBounds(Duration patience, int statements) {}
