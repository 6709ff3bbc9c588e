package io.chancery.api.many;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.api.RevocationResource;
import io.chancery.revocation.compromise.CompromisedKeys;
import io.chancery.revocation.compromise.Evidence;
import io.chancery.revocation.compromise.EvidenceReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports of keys that others know. A private key is read as octets, used once, and wiped. */
@Path("/v1/compromised-keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CompromisedKeysResource {
  private final CompromisedKeys keys;
  private final Callers callers;

  @Inject
  CompromisedKeysResource(CompromisedKeys keys, Callers callers) {
    this.keys = keys;
    this.callers = callers;
  }

  /**
   * What was done.
   *
   * @param key SHA-256 of the SubjectPublicKeyInfo
   * @param proof {@code private-key}, {@code request} or {@code none}
   * @param outcome {@code blocked}, or {@code alarmed} where it is the authority's own
   * @param revoked certificates that the caller may see
   */
  public record ReportView(String key, String proof, String outcome, List<String> revoked) {}

  /**
   * A private key, a request that says so, or from operators a public key or certificate: PEM, or
   * PKCS#8 in DER.
   */
  @POST
  @Consumes({"application/x-pem-file", "application/pkcs8", MediaType.APPLICATION_OCTET_STREAM})
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, ADMIN})
  public Response report(
      byte @Nullable [] file, @QueryParam("invalidityDate") @Nullable String invalidityDate) {
    byte[] octets = file == null ? new byte[0] : file;
    try {
      Evidence evidence = EvidenceReader.read(octets);
      CompromisedKeys.Report report =
          keys.report(
              callers.current(),
              evidence,
              Optional.ofNullable(invalidityDate).map(RevocationResource::instant));
      boolean done = report.outcome() == CompromisedKeys.Outcome.BLOCKED;
      return Response.status(done ? Response.Status.OK : Response.Status.ACCEPTED)
          .entity(
              new ReportView(
                  report.key().hex(),
                  report.proof().text(),
                  report.outcome().name().toLowerCase(Locale.ROOT),
                  report.revoked()))
          .build();
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
