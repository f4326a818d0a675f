/** The command that moves stored data keys to the newest version of their key-encryption key. */
@NullMarked
package org.sealkeeper.cli.datakeys;

import org.jspecify.annotations.NullMarked;
