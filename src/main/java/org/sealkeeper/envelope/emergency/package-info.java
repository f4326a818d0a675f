/** Breaking the glass: emergencies with their justifications, their alarms and their end. */
@NullMarked
package org.sealkeeper.envelope.emergency;

import org.jspecify.annotations.NullMarked;
