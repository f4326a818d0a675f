/** Commands that hand chains over from one appliance to another. */
@NullMarked
package org.sealkeeper.cli.guard;

import org.jspecify.annotations.NullMarked;
