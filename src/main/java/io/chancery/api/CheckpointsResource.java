package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.AUDITOR;

import io.chancery.ledger.Proofs;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.tree.TilePath;
import io.chancery.ledger.tree.TreeHash;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree over the roll, as C2SP tlog-tiles serves it. Hashes and checkpoints say nothing about
 * anybody, so everyone may hold this authority to them; the entries are for auditors.
 */
@Path("/v1/ledger")
@RunOnVirtualThread
public class CheckpointsResource {
  private final Proofs proofs;

  @Inject
  CheckpointsResource(Proofs proofs) {
    this.proofs = proofs;
  }

  /** The newest checkpoint (C2SP tlog-checkpoint). */
  @GET
  @Path("/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  @Public
  public Response checkpoint() {
    return Response.ok(proofs.checkpoint()).header("Cache-Control", "no-cache").build();
  }

  /** The key that checkpoints are signed with (C2SP signed-note, verifier key). */
  @GET
  @Path("/key")
  @Produces(MediaType.TEXT_PLAIN)
  @Public
  public String key() {
    return proofs.verifierKey() + "\n";
  }

  /** A tile of hashes. */
  @GET
  @Path("/tile/{level: [0-9]+}/{rest: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Public
  public Response hashes(@PathParam("level") String level, @PathParam("rest") String rest) {
    return tile("tile/" + level + "/" + rest);
  }

  /** A bundle of entries. */
  @GET
  @Path("/tile/entries/{rest: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow(
      value = {AUDITOR, ADMIN},
      forAll = true)
  public Response entries(@PathParam("rest") String rest) {
    return tile("tile/entries/" + rest);
  }

  /** That the tree of {@code old} leaves is a beginning of the one of {@code size} (RFC 6962). */
  public record ConsistencyView(long oldSize, long size, List<String> path) {}

  @GET
  @Path("/consistency")
  @Produces(MediaType.APPLICATION_JSON)
  @Public
  public ConsistencyView consistency(
      @QueryParam("old") @Nullable String old, @QueryParam("size") @Nullable String size) {
    var proof =
        proofs.consistency(
            Checkpoint.size(CertificateAsk.present("old", old)),
            Checkpoint.size(CertificateAsk.present("size", size)));
    return new ConsistencyView(
        proof.old(), proof.size(), proof.path().stream().map(TreeHash::base64).toList());
  }

  /** A tile never changes; a partial one is the beginning of a wider one. */
  private Response tile(String path) {
    return Response.ok(proofs.tile(TilePath.parse(path)))
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .build();
  }
}
