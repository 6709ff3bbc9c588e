package io.chancery.chaos.database;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What happens to the server's processes. */
final class ServerFaults {
  private ServerFaults() {}

  /** The first process gets this signal; nothing starts it again before the end. */
  static final class Ended implements DatabaseFault {
    private final Server server;
    private final String name;
    private final String signal;

    Ended(Server server, String name, String signal) {
      this.server = server;
      this.name = name;
      this.signal = signal;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void begin() {
      OptionalLong pid = server.postmaster();
      List<ProcessHandle> rest = Processes.children(server);
      if (pid.isPresent()) {
        Processes.signal(signal, pid.getAsLong());
        Processes.awaitEnd(pid.getAsLong());
      }
      // After kill -9 the others end one by one, and the next start waits for the last of them.
      rest.forEach(one -> Processes.awaitEnd(one.pid()));
    }

    @Override
    public void end() {
      server.start();
    }
  }

  /** One process of the server is killed: all connections break, and it recovers by itself. */
  static final class BackendKilled implements DatabaseFault {
    private final Server server;

    BackendKilled(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "backend-killed";
    }

    @Override
    public void begin() {
      Processes.ofService(server).stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void end() {
      // PostgreSQL recovers by itself.
    }
  }

  /** Every connection of the service is ended, again and again. */
  static final class Terminated implements DatabaseFault {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private final Server server;
    private volatile boolean going;
    private Thread thread = new Thread();

    Terminated(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "backends-terminated";
    }

    @Override
    public void begin() {
      going = true;
      thread =
          Thread.ofPlatform()
              .daemon()
              .name("terminator")
              .start(
                  () -> {
                    while (going) {
                      Processes.ofService(server).forEach(ProcessHandle::destroy);
                      LockSupport.parkNanos(EVERY);
                    }
                  });
    }

    @Override
    public void end() {
      going = false;
      try {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Every process that serves the service stands still; new ones work. */
  static final class Stopped implements DatabaseFault {
    private final Server server;
    private List<ProcessHandle> stopped = List.of();

    Stopped(Server server) {
      this.server = server;
    }

    @Override
    public String name() {
      return "backends-stopped";
    }

    @Override
    public void begin() {
      stopped = Processes.ofService(server);
      stopped.forEach(one -> Processes.signal("STOP", one.pid()));
    }

    @Override
    public void end() {
      stopped.forEach(one -> Processes.signal("CONT", one.pid()));
      stopped = List.of();
    }
  }
}
