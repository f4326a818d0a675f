/** Commands of auditors: fetch, verify, show, search and export an audit log; review emergencies; accept a rollback. */
@NullMarked
package org.sealkeeper.cli.audit;

import org.jspecify.annotations.NullMarked;
