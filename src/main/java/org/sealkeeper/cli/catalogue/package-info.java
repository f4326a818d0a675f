/** Commands that carry what is known of keys, recipients and officers from one store to another. */
@NullMarked
package org.sealkeeper.cli.catalogue;

import org.jspecify.annotations.NullMarked;
