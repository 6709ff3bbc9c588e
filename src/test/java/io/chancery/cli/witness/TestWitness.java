package io.chancery.cli.witness;

import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Submission;
import io.chancery.ledger.witness.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The real witness in this process, on a free port; what it has seen stays in its folder. */
public final class TestWitness implements AutoCloseable {
  public static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final WitnessFolder folder;
  private final NoteSigner signer;
  private final WitnessServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  public TestWitness(Path data, NoteKey... logs) {
    this.folder = WitnessFolder.open(data);
    this.signer = folder.signer(Optional.empty());
    this.server =
        WitnessServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Observations(List.of(logs), signer, folder.place(), InstantSource.fixed(NOW)),
            line -> {});
  }

  public NoteKey key() {
    return signer.key();
  }

  public URI uri() {
    return server.uri();
  }

  public Witness asWitness() {
    return new Witness(key(), uri());
  }

  HttpResponse<String> post(Submission submission) throws IOException, InterruptedException {
    return post("/add-checkpoint", submission.octets());
  }

  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    folder.close();
    http.shutdownNow();
  }
}
