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
import java.time.InstantSource;
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
  private final Callers callers;
  private final InstantSource clock;

  @Inject
  PeopleResource(
      Persons persons,
      Organizations organizations,
      PersonWords words,
      Callers callers,
      InstantSource clock) {
    this.persons = persons;
    this.organizations = organizations;
    this.words = words;
    this.callers = callers;
    this.clock = clock;
  }

  /** The people of an organization, by name. */
  public record PeopleView(List<PersonView> items) {}

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
    Person made =
        persons.keep(
            callers.current(), words.person(persons.freshId(), owner, asked, Optional.empty()));
    return Response.created(URI.create("/v1/organizations/" + owner + "/people/" + made.id()))
        .entity(PersonView.of(made))
        .build();
  }

  /** Replaces all of it. */
  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(ADMIN)
  public PersonView change(
      @PathParam("organization") String organization,
      @PathParam("id") String id,
      @Nullable PersonView asked) {
    Person before = there(reachable(organization), id);
    return PersonView.of(
        persons.keep(
            callers.current(),
            words.person(before.id(), before.organization(), asked, before.disabledAt())));
  }

  /** No longer served, from now on, on open connections too; what it did stays its own. */
  @DELETE
  @Path("/{id}")
  @Allow(ADMIN)
  public Response disable(
      @PathParam("organization") String organization, @PathParam("id") String id) {
    Person before = there(reachable(organization), id);
    if (before.disabledAt().isEmpty()) {
      persons.keep(callers.current(), before.disabled(Optional.of(clock.instant())));
    }
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
