/** Tests of the verifier in one file, in a real browser. */
package org.sealkeeper.verifier;
