package org.sealkeeper.appliance;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.InForce;
import org.sealkeeper.hsm.UserPin;
import org.sealkeeper.kernel.TokenLabel;

/** The files of all tokens' user PINs, as they may change while the appliance runs. */
record UserPins(SequencedMap<TokenLabel, InForce<Path>> files) {

    static UserPins watch(List<ApplianceFile.Token> tokens, RandomGenerator random) {
        var files = new LinkedHashMap<TokenLabel, InForce<Path>>();
        tokens.forEach(token -> files.put(token.label(), UserPin.watch(token.userPin(), random)));
        return new UserPins(files);
    }

    void look(InForce.Recorder<Path> recorder) {
        files.sequencedValues().forEach(file -> file.look(recorder));
    }
}
