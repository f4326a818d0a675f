package org.sealkeeper.appliance;

import java.nio.file.Path;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;

/** Tells the log of a changed PIN file. There is no digest of it, from which a short PIN could be found; and no leaf, since nothing is done with it yet. */
final class PinRecord implements InForce.Recorder<Path> {
    private static final System.Logger LOG = System.getLogger(PinRecord.class.getName());

    @Override
    public void taken(Path changed, String digest) {
        LOG.log(System.Logger.Level.INFO, "the changed user PIN is tried at the next login: {0}", changed);
    }

    @Override
    public void rejected(ConfigurationFault fault) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the changed user PIN cannot be used at the next login: {0}",
                fault.getMessage());
    }
}
