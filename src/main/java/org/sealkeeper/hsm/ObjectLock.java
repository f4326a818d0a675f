package org.sealkeeper.hsm;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps searches and the making or destroying of token objects apart within this process: SoftHSM 2.6 loses its file lock
 * when another thread closes the same file, and then fails one key generation in four. Signing needs no lock.
 */
final class ObjectLock {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    Lock finding() {
        return lock.readLock();
    }

    Lock writing() {
        return lock.writeLock();
    }
}
