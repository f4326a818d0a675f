/** The catalogue as a file: what a store knows of keys, recipients, officers and their approvals, and how another store takes it. */
@NullMarked
package org.sealkeeper.ceremony.catalogue;

import org.jspecify.annotations.NullMarked;
