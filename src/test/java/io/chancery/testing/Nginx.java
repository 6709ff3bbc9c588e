package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A foreign peer: the real nginx, on one loopback port, with everything in one folder. */
public final class Nginx implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param http what stands in the http block before the server
   * @param server what stands in the server block besides its address
   */
  public static Nginx start(Path folder, String http, String server) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String text =
        """
        daemon off;
        # Its worker reads and writes in this test's own folder.
        user root;
        worker_processes 1;
        pid %1$s/nginx.pid;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
        %2$s
          server {
            listen 127.0.0.1:%3$d;
        %4$s
          }
        }
        """
            .formatted(folder.toAbsolutePath(), http, port, server);
    Path conf = Files.writeString(folder.resolve("nginx.conf"), text);
    Process process =
        new ProcessBuilder(
                "nginx", "-e", folder.resolve("error.log").toString(), "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    await().atMost(SOON).until(() -> nginx.listens(folder));
    return nginx;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private boolean listens(Path folder) {
    assertThat(process.isAlive()).as("nginx; see %s", folder).isTrue();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
