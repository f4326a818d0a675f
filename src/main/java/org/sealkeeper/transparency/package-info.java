/** Shows the audit log to auditors, has witnesses cosign it, and cosigns the logs of peers. */
@NullMarked
package org.sealkeeper.transparency;

import org.jspecify.annotations.NullMarked;
