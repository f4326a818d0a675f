/** Requests nobody should send, made from the published description of the API, and clients that send them. */
package org.sealkeeper.edge;
