package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.PostgresServer;

/**
 * The stores without an appliance, an appliance on each of them, and two that share a database, all in turns: prints tables as Markdown. PostgreSQL is
 * reached by TLS on this machine. The CPU is that of the measured process alone. Arguments: an empty folder, seconds per turn.
 */
final class StoreBench {
    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try (var server = PostgresServer.start();
                var sqlite = alone("SQLite alone", new StoreLocation.Embedded(folder.resolve("alone/sealkeeper.db")));
                var onSqlite = candidate("an appliance on SQLite", Home.provision(made(folder.resolve("sqlite"))));
                var postgresql = alone("PostgreSQL alone", database(server, made(folder.resolve("alone-postgresql"))));
                var onPostgresql = candidate(
                        "an appliance on PostgreSQL", Home.provisionOn(server, made(folder.resolve("postgresql"))));
                var two = pair(server, folder)) {
            List<List<Measured>> measured = InTurns.measure(
                    List.of(sqlite, onSqlite, postgresql, onPostgresql, two), Integer.parseInt(arguments[1]));
            InTurns.print(table, "blocks in SQLite", measured.subList(0, 2));
            InTurns.print(table, "blocks in PostgreSQL", measured.subList(2, 4));
            InTurns.print(table, "store", List.of(measured.get(1), measured.get(3)));
            InTurns.print(table, "sharing a database", measured.subList(3, 5));
        }
    }

    private static Path made(Path folder) throws Exception {
        return Files.createDirectories(folder);
    }

    private static StoreLocation database(PostgresServer server, Path folder) {
        StoreLocation.Server plain = server.newDatabase(folder);
        return new StoreLocation.Server(
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                plain.passwordFile(),
                Optional.of(server.certificate()),
                plain.state(),
                plain.appliance());
    }

    private static StoreLoad alone(String what, StoreLocation location) throws Exception {
        Store.create(location);
        var load = new StoreLoad(what, Store.open(location), InTurns.CHAINS);
        load.warmUp();
        return load;
    }

    private static InTurns.Loaded candidate(String what, Home home) throws Exception {
        Bench.declareChains(home, InTurns.CHAINS);
        return InTurns.Loaded.start(what, home);
    }

    private static SharedPair pair(PostgresServer server, Path folder) throws Exception {
        Home first = Home.provisionOn(server, made(folder.resolve("first")));
        Home second = Home.provisionBeside(server, made(folder.resolve("second")), "b");
        Bench.declareChains(first, InTurns.CHAINS);
        Bench.declareChains(second, InTurns.CHAINS);
        return SharedPair.start("two appliances on PostgreSQL", first, second);
    }
}
