package io.chancery.api.people;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Organizations;
import io.chancery.access.Person;
import io.chancery.access.Persons;
import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.api.OneLine;
import io.chancery.membership.Powers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people and programs of an organization. */
@Path("/v1/organizations/{organization}/people")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PeopleResource {
  private final Persons persons;
  private final Organizations organizations;
  private final PersonWords words;
  private final Powers powers;
  private final Callers callers;

  @Inject
  PeopleResource(
      Persons persons,
      Organizations organizations,
      PersonWords words,
      Powers powers,
      Callers callers) {
    this.persons = persons;
    this.organizations = organizations;
    this.words = words;
    this.powers = powers;
    this.callers = callers;
  }

  /** The people of an organization, by name. */
  public record PeopleView(List<PersonView> items) {}

  /** A change that waits for the approval of others. */
  public record WaitsView(String id, String proposal) {}

  @GET
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public PeopleView all(@PathParam("organization") String organization) {
    return new PeopleView(persons.of(readable(organization)).stream().map(PersonView::of).toList());
  }

  @GET
  @Path("/{id}")
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public PersonView one(
      @PathParam("organization") String organization, @PathParam("id") String id) {
    return PersonView.of(there(readable(organization), id));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(ADMIN)
  public Response enter(
      @PathParam("organization") String organization, @Nullable PersonView asked) {
    OrganizationId owner = reachable(organization);
    return answer(words.person(persons.freshId(), owner, asked, Optional.empty()), asked, 201);
  }

  /** Replaces all of it. */
  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(ADMIN)
  public Response change(
      @PathParam("organization") String organization,
      @PathParam("id") String id,
      @Nullable PersonView asked) {
    Person before = there(reachable(organization), id);
    return answer(
        words.person(before.id(), before.organization(), asked, before.disabledAt()), asked, 200);
  }

  /** Done, or 202 with the proposal that waits for others (RFC 9110 s15.3.3). */
  private Response answer(Person person, @Nullable PersonView asked, int done) {
    String comment =
        OneLine.of("comment", asked == null || asked.comment() == null ? "" : asked.comment());
    return switch (powers.keep(callers.current(), person, comment)) {
      case Powers.Kept kept ->
          Response.status(done)
              .location(
                  URI.create(
                      "/v1/organizations/" + person.organization() + "/people/" + person.id()))
              .entity(PersonView.of(kept.person()))
              .build();
      case Powers.Proposed waits ->
          Response.accepted(new WaitsView(person.id(), waits.proposal().id().toString()))
              .location(URI.create("/v1/approvals/" + waits.proposal().id()))
              .build();
    };
  }

  /** No longer served, from now on, on open connections too; what it did stays its own. */
  @DELETE
  @Path("/{id}")
  @Allow(ADMIN)
  public Response disable(
      @PathParam("organization") String organization, @PathParam("id") String id) {
    Person before = there(reachable(organization), id);
    powers.disable(callers.current(), before);
    return Response.noContent().build();
  }

  private Person there(OrganizationId organization, String id) {
    return persons
        .find(id)
        .filter(found -> found.organization().equals(organization))
        .orElseThrow(() -> new Failure.NotFound("person", id).thrown());
  }

  private OrganizationId readable(String organization) {
    return known(organization, callers.current().mayRead(new OrganizationId(organization)));
  }

  private OrganizationId reachable(String organization) {
    Caller caller = callers.current();
    return known(organization, caller.mayReach(new OrganizationId(organization)));
  }

  private OrganizationId known(String organization, boolean may) {
    OrganizationId id = new OrganizationId(organization);
    if (!may || organizations.find(id).isEmpty()) {
      throw new Failure.NotFound("organization", id.value()).thrown();
    }
    return id;
  }
}
