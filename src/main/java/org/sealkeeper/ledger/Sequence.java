package org.sealkeeper.ledger;

/** Which heights of a chain are signed here. */
public enum Sequence {
    /** Every one; each block links to the one signed before it. */
    CONTIGUOUS,
    /** Only some, strictly rising; a block links to the one signed before it where that is its direct predecessor. */
    INCREASING
}
