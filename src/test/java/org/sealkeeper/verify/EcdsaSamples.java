package org.sealkeeper.verify;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.sealkeeper.testing.SoftwareKey;

/** Every way to write one signature rightly, and many to write it wrongly. */
final class EcdsaSamples {
    private final List<EcdsaSample> samples = new ArrayList<>();
    private final Random random;
    private final BigInteger n;
    private final int half;
    private final BigInteger r;
    private final BigInteger s;

    private EcdsaSamples(SoftwareKey key, byte[] signature, Random random) {
        this.random = random;
        this.n = ((ECPrivateKey) key.privateKey()).getParams().getOrder();
        this.half = n.bitLength() / 8;
        this.r = new BigInteger(1, signature, 0, half);
        this.s = new BigInteger(1, signature, half, half);
    }

    /** Samples over this message; those of the other key are wrong. */
    static List<EcdsaSample> of(SoftwareKey key, SoftwareKey otherKey, byte[] message, Random random) {
        var samples = new EcdsaSamples(key, key.sign(message), random);
        samples.numbers();
        samples.wrongDer();
        samples.wrongP1363();
        var others = new EcdsaSamples(otherKey, otherKey.sign(message), random);
        samples.both("other key", false, others.r, others.s);
        byte[] otherMessage = message.clone();
        if (message.length > 0) {
            otherMessage[random.nextInt(message.length)] ^= 1;
            var changed = new EcdsaSamples(key, key.sign(otherMessage), random);
            samples.both("other message", false, changed.r, changed.s);
        }
        return samples.samples;
    }

    private void numbers() {
        both("as signed", true, r, s);
        both("high or low s", true, r, n.subtract(s));
        both("swapped", false, s, r);
        both("r negated", false, n.subtract(r), s);
        both("r flipped bit", false, r.flipBit(random.nextInt(n.bitLength())), s);
        both("s flipped bit", false, r, s.flipBit(random.nextInt(n.bitLength())));
        both("r zero", false, ZERO, s);
        both("s zero", false, r, ZERO);
        both("both zero", false, ZERO, ZERO);
        both("both one", false, ONE, ONE);
        both("r is n", false, n, s);
        both("s is n", false, r, n);
        both("both n", false, n, n);
        both("both n-1", false, n.subtract(ONE), n.subtract(ONE));
        BigInteger all = TWO.pow(n.bitLength()).subtract(ONE);
        both("r all ones", false, all, s);
        both("s all ones", false, r, all);
        der(
                "s plus n",
                false,
                sequence(integer(r.toByteArray()), integer(s.add(n).toByteArray())));
        der("r plus n", false, sequence(integer(r.add(n).toByteArray()), integer(s.toByteArray())));
        der(
                "s minus n",
                false,
                sequence(integer(r.toByteArray()), integer(s.subtract(n).toByteArray())));
        der("r minus n", false, sequence(integer(r.subtract(n).toByteArray()), integer(s.toByteArray())));
        der(
                "huge s",
                false,
                sequence(
                        integer(r.toByteArray()),
                        integer(s.add(n.shiftLeft(300)).toByteArray())));
    }

    private void wrongDer() {
        byte[] rInteger = integer(r.toByteArray());
        byte[] sInteger = integer(s.toByteArray());
        byte[] good = sequence(rInteger, sInteger);
        byte[] content = join(rInteger, sInteger);
        byte[] zero = {0};
        der("superfluous zero before r", false, sequence(integer(join(zero, r.toByteArray())), sInteger));
        der("superfluous zero before s", false, sequence(rInteger, integer(join(zero, s.toByteArray()))));
        der("trailing byte", false, join(good, zero));
        der("trailing byte inside", false, sequence(content, zero));
        der("trailing null inside", false, sequence(content, new byte[] {5, 0}));
        der("third integer", false, sequence(content, integer(new byte[] {1})));
        der("one integer", false, sequence(rInteger, new byte[0]));
        der("long length of the sequence", false, join(new byte[] {0x30, (byte) 0x81, (byte) content.length}, content));
        der(
                "longer length of the sequence",
                false,
                join(new byte[] {0x30, (byte) 0x82, 0, (byte) content.length}, content));
        der(
                "long length of r",
                false,
                sequence(join(new byte[] {2, (byte) 0x81, rInteger[1]}, r.toByteArray()), sInteger));
        der("indefinite length", false, join(join(new byte[] {0x30, (byte) 0x80}, content), new byte[] {0, 0}));
        der("set instead of sequence", false, changed(good, 0, 0x31));
        der("octets instead of r", false, changed(good, 2, 4));
        der("octets instead of s", false, changed(good, 2 + rInteger.length, 4));
        der("sequence one too long", false, changed(good, 1, content.length + 1));
        der("sequence one too short", false, changed(good, 1, content.length - 1));
        der("r one too long", false, changed(good, 3, rInteger[1] + 1));
        der("r one too short", false, changed(good, 3, rInteger[1] - 1));
        der("empty r", false, sequence(new byte[] {2, 0}, sInteger));
        der("empty s", false, sequence(rInteger, new byte[] {2, 0}));
        der("cut", false, Arrays.copyOf(good, random.nextInt(good.length)));
        der("flipped bit", false, flipped(good));
        der("empty", false, new byte[0]);
        der("r||s", false, join(fixed(r), fixed(s)));
        if (r.testBit(n.bitLength() - 1)) {
            der("negative r", false, sequence(integer(fixed(r)), sInteger));
        }
        if (s.testBit(n.bitLength() - 1)) {
            der("negative s", false, sequence(rInteger, integer(fixed(s))));
        }
    }

    private void wrongP1363() {
        byte[] good = join(fixed(r), fixed(s));
        byte[] zero = {0};
        p1363("empty", false, new byte[0]);
        p1363("cut", false, Arrays.copyOf(good, random.nextInt(good.length)));
        p1363("trailing byte", false, join(good, zero));
        p1363("two trailing bytes", false, join(good, new byte[2]));
        p1363("leading byte", false, join(zero, good));
        p1363("leading zero of both", false, join(join(zero, fixed(r)), join(zero, fixed(s))));
        p1363("flipped bit", false, flipped(good));
        p1363("DER", false, sequence(integer(r.toByteArray()), integer(s.toByteArray())));
        p1363("twice", false, join(good, good));
        p1363("r only", false, fixed(r));
    }

    private void both(String name, boolean valid, BigInteger anyR, BigInteger anyS) {
        der(name, valid, sequence(integer(anyR.toByteArray()), integer(anyS.toByteArray())));
        p1363(name, valid, join(fixed(anyR), fixed(anyS)));
    }

    private void der(String name, boolean valid, byte[] signature) {
        samples.add(new EcdsaSample(
                name, valid, SignatureEncoding.DER, HexFormat.of().formatHex(signature)));
    }

    private void p1363(String name, boolean valid, byte[] signature) {
        samples.add(new EcdsaSample(
                name, valid, SignatureEncoding.P1363, HexFormat.of().formatHex(signature)));
    }

    private byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[half];
        int length = Math.min(half, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, half - length, length);
        return fixed;
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] changed(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] integer(byte[] content) {
        return join(new byte[] {2, (byte) content.length}, content);
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        byte[] content = join(first, second);
        byte[] head = content.length < 128
                ? new byte[] {0x30, (byte) content.length}
                : new byte[] {0x30, (byte) 0x81, (byte) content.length};
        return join(head, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        var joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
