package org.sealkeeper.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.JavaProcess;

/**
 * Attackers in a process of their own, with the lowest priority: as if on another machine, they take connections and bandwidth from the
 * callers, but not the processors that these need themselves.
 */
public final class AttackerProcess implements AutoCloseable {
    private static final int STRENGTH = 4;
    private static final String STOP = "stop";

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private AttackerProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Of the appliance of a home. They wait to be told what to do. */
    public static AttackerProcess start(Home home) {
        return new AttackerProcess(JavaProcess.startIn(
                List.of("nice", "-n", "19"),
                Map.of(),
                AttackerProcess.class.getName(),
                List.of(
                        Integer.toString(home.port()),
                        home.folder().resolve("pki/ca.pem").toString())));
    }

    public void begin(Attack attack) throws IOException {
        commands.println(attack);
        answers.readLine();
    }

    /** How many connections they made meanwhile. */
    public int stop() throws IOException {
        commands.println(STOP);
        return Integer.parseInt(answers.readLine());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What that process does: an attack by its name, until the next line. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        SSLContext stranger = Caller.tls(Path.of(arguments[1]), null, null);
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var attackers = new Attackers(Attack.valueOf(line), STRENGTH, port, stranger);
            System.out.println("begun");
            lines.readLine();
            attackers.close();
            System.out.println(attackers.connections());
        }
    }
}
