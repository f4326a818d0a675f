/** Commands about recipients of data keys: enroll, list, retire. */
@NullMarked
package org.sealkeeper.cli.recipients;

import org.jspecify.annotations.NullMarked;
