package io.chancery.chaos.database;

import io.chancery.cli.local.DatabaseAccess;
import io.chancery.cli.local.KillablePostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.eclipse.microprofile.config.ConfigProvider;

/** The PostgreSQL of a test's world, and the wire to it, for whoever may harm them. */
public final class Harm {
  private static final String FOLDER = "chancery.test.harmed-postgres";

  /** Test and world may be loaded by different class loaders, which share the JDK's types. */
  private static final String WIRE = "io.chancery.test:type=Wire";

  private Harm() {}

  /** Starts both; returns the service's configuration. */
  public static Map<String, String> lay(Path folder, Deque<AutoCloseable> closes) {
    KillablePostgres server = KillablePostgres.fresh(folder);
    closes.push(server::stop);
    Wire wire = Wire.to(server.port());
    closes.push(wire);
    Consumer<String> mood = name -> wire.set(Wire.Mood.valueOf(name));
    closes.push(expose(mood));
    DatabaseAccess direct = server.access();
    Map<String, String> config =
        new TreeMap<>(
            new DatabaseAccess(
                    "jdbc:postgresql://127.0.0.1:" + wire.port() + "/chancery",
                    direct.user(),
                    direct.passwordFile(),
                    direct.owner())
                .properties());
    config.put(FOLDER, folder.toString());
    return config;
  }

  /** The server, around the wire. */
  public static Server server() {
    return KillablePostgres.running(
        Path.of(ConfigProvider.getConfig().getValue(FOLDER, String.class)));
  }

  /** The tables as their owner has them, around the wire. */
  public static DatabaseAccess access() {
    DatabaseAccess direct =
        KillablePostgres.running(Path.of(ConfigProvider.getConfig().getValue(FOLDER, String.class)))
            .access();
    DatabaseAccess.Owner owner = direct.owner().orElseThrow();
    return new DatabaseAccess(direct.jdbcUrl(), owner.user(), owner.passwordFile());
  }

  /** Every fault of both. */
  public static List<DatabaseFault> faults() {
    List<DatabaseFault> all = new ArrayList<>(Faults.of(server()));
    all.addAll(Faults.of(Harm::set));
    return all;
  }

  static DatabaseFault fault(String name) {
    return faults().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  static void set(Wire.Mood mood) {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName(WIRE),
              "accept",
              new Object[] {mood.name()},
              new String[] {Object.class.getName()});
    } catch (JMException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static AutoCloseable expose(Consumer<String> mood) {
    try {
      MBeanServer all = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName(WIRE);
      all.registerMBean(new StandardMBean(mood, Consumer.class), name);
      return () -> all.unregisterMBean(name);
    } catch (JMException cannot) {
      throw new IllegalStateException(cannot);
    }
  }
}
