package io.chancery.ledger.copy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.PutOptions2;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;

/**
 * A real S3 server in memory, which checks every request's signature. It has a JVM of its own: it
 * wants another Guice than the one that Quarkus's tests bring along.
 */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "the-roll";
  private static final String ID = "AKIDCHANCERY";
  private static final String SECRET = "a secret/of+tests";

  private final Process process;
  private final URI endpoint;

  public S3Server() throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*guice-[0-6]\\..*"))
            .collect(Collectors.joining(File.pathSeparator));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                S3Server.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the S3 server ended at its start");
    }
    endpoint = URI.create(line);
  }

  /** The server itself: says where it is, and ends with its parent. */
  public static void main(String[] args) throws Exception {
    try (BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
            .credentials("any", "any")
            .build(BlobStoreContext.class)) {
      BlobStore store = new OneAtATime(context.getBlobStore());
      store.createContainerInLocation(null, BUCKET);
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
              .build();
      proxy.start();
      System.out.println("http://127.0.0.1:" + proxy.getPort());
      System.out.flush();
      System.in.read();
      proxy.stop();
    }
  }

  /**
   * The proxy looks for "if-none-match" first and writes then, so that two may find nothing there:
   * here it is looked once more in the turn that writes.
   */
  private static final class OneAtATime extends ForwardingBlobStore {
    OneAtATime(BlobStore store) {
      super(store);
    }

    @Override
    public synchronized String putBlob(String container, Blob blob, PutOptions options) {
      if (options instanceof PutOptions2 asked
          && "*".equals(asked.getIfNoneMatch())
          && blobExists(container, blob.getMetadata().getName())) {
        throw preconditionFailed();
      }
      return super.putBlob(container, blob, options);
    }

    private static HttpResponseException preconditionFailed() {
      HttpRequest stub = HttpRequest.builder().method("PUT").endpoint("http://stub").build();
      return new HttpResponseException(
          new HttpCommand(stub), HttpResponse.builder().statusCode(412).build());
    }
  }

  public S3Bucket bucket(Path folder, String name) throws IOException {
    return bucket(folder, name, SECRET);
  }

  S3Bucket bucket(Path folder, String name, String secret) throws IOException {
    Path credentials = folder.resolve("credentials");
    Files.writeString(
        credentials,
        "[default]\naws_access_key_id = " + ID + "\naws_secret_access_key=" + secret + "\n");
    return new S3Bucket(
        endpoint, "eu-central-1", name, "prod/ledger", S3Bucket.Addressing.PATH, credentials);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
