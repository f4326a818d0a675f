/** What tests of several rooms share. */
package org.sealkeeper.testing;
