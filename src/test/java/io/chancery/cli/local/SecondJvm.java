package io.chancery.cli.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process on the same data directory: a lock is no lock within one JVM. */
final class SecondJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private SecondJvm(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static SecondJvm start(String deed, Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new SecondJvm(
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SecondJvm.class.getName(),
                deed,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next line it says. */
  String says() throws IOException {
    return String.valueOf(out.readLine());
  }

  long pid() {
    return process.pid();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** Takes the lock, or starts the server, says so, and stays until it is killed. */
  public static void main(String[] args) throws Exception {
    DataDirectory data = DataDirectory.open(Path.of(args[1]));
    DataLock lock = DataLock.take(data, Addresses.of(8080, 8443, 9000));
    if (args[0].equals("postgres")) {
      System.out.println(Postgres.start(data, step -> {}).port());
    } else {
      System.out.println("locked");
    }
    System.out.flush();
    System.in.read();
    lock.close();
  }
}
