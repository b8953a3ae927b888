/* master_status.c — what the daemon does, as text. */
#include "master/master_status.h"

#include "core/status.h"
#include "core/version.h"
#include "master/master_counters.h"
#include "master/master_list.h"
#include "master/master_socket.h"
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <unistd.h>

/* What goes on to the end of its line has one. */
static void
write_text(FILE *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		putc((unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c, out);
	putc('\n', out);
}

static void
write_head(const struct master *master, uint64_t now_ms, FILE *out)
{
	static const char *const states[MASTER_STATE_COUNT] = {
	    [MASTER_STARTING] = "starting",
	    [MASTER_RUNNING] = "running",
	    [MASTER_RELOADING] = "reloading",
	    [MASTER_REPLACING] = "replacing",
	    [MASTER_STOPPING] = "stopping",
	};
	const struct master_outcome *reloaded = &master->reloaded;

	fprintf(out,
	    STATUS_FIRST "\ndaemon version=" NETLABD_VERSION
	                 " pid=%d state=%s generation=%u uptime_ms=%" PRIu64
	                 " now_ms=%" PRIu64 "\nfile path=",
	    (int)master->pid, states[master->state], master->current->number,
	    now_ms - master->started_ms, now_ms);
	write_text(out, master->options->file);
	if (master->broken[0] != '\0') {
		fputs("broken text=", out);
		write_text(out, master->broken);
	}
	if (reloaded->at_ms == 0)
		return;
	fprintf(out, "reload outcome=%s ago_ms=%" PRIu64 " text=",
	    reloaded->is_done ? "done" : "failed", now_ms - reloaded->at_ms);
	write_text(out, reloaded->text);
}

/* Workers of the current generation that serve; one that a reload under way
 * keeps is the upcoming one's already. */
static unsigned
count_running(const struct master *master, enum role role)
{
	const struct master_generation *upcoming = master->upcoming;
	unsigned count = 0;

	for (const struct master_worker *worker = master->workers;
	     worker != NULL; worker = worker->next)
		if (worker->role == role &&
		    worker->phase == MASTER_PHASE_READY &&
		    !worker->generation->is_former &&
		    (worker->generation != upcoming || upcoming->is_kept[role]))
			count++;
	return count;
}

static void
write_roles(const struct master *master, FILE *out)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		uint32_t workers = master->current->settings->roles[i].workers;

		if (workers > 0)
			fprintf(out,
			    "role name=%s workers=%" PRIu32 " running=%u\n",
			    settings_role_name((enum role)i), workers,
			    count_running(master, (enum role)i));
	}
}

/* What each line of a worker begins with, and a place without one as well. */
static void
write_place(const struct master *master, enum role role, unsigned slot,
    unsigned generation, const char *state, FILE *out)
{
	fprintf(out,
	    "worker role=%s slot=%u generation=%u state=%s restarts=%u "
	    "hangs=%u",
	    settings_role_name(role), slot, generation, state,
	    master->restarts[role][slot], master->hangs[role][slot]);
}

static void
write_worker(const struct master *master, const struct master_worker *worker,
    uint64_t now_ms, FILE *out)
{
	static const char *const phases[] = {
	    [MASTER_PHASE_STARTING] = "starting",
	    [MASTER_PHASE_READY] = "running",
	    [MASTER_PHASE_DRAINING] = "draining",
	};

	write_place(master, worker->role, worker->slot,
	    worker->generation->number, phases[worker->phase], out);
	fprintf(out, " pid=%d uptime_ms=%" PRIu64 "\n", (int)worker->pid,
	    now_ms - worker->started_ms);
}

static void
write_slot(const struct master *master,
    const struct master_generation *generation, enum role role, unsigned slot,
    uint64_t now_ms, FILE *out)
{
	const struct master_slot *place = &generation->slots[role][slot];

	if (place->worker != NULL) {
		write_worker(master, place->worker, now_ms, out);
		return;
	}
	if (place->respawn_at_ms == 0)
		return;
	write_place(master, role, slot, generation->number, "waiting", out);
	fprintf(out, " next_ms=%" PRIu64,
	    place->respawn_at_ms > now_ms ? place->respawn_at_ms - now_ms : 0);
	if (place->borrower != NULL)
		fprintf(out, " lent_to=%u", place->borrower->slot);
	putc('\n', out);
}

static void
write_slots(const struct master *master,
    const struct master_generation *generation, uint64_t now_ms, FILE *out)
{
	for (unsigned i = 0; generation != NULL && i < ROLE_COUNT; i++)
		for (unsigned slot = 0;
		     slot < generation->settings->roles[i].workers; slot++)
			write_slot(master, generation, (enum role)i, slot,
			    now_ms, out);
}

/* Those who have no slot any more: of generations that go, or whose reload has
 * failed. */
static void
write_others(const struct master *master, uint64_t now_ms, FILE *out)
{
	for (const struct master_worker *worker = master->workers;
	     worker != NULL; worker = worker->next)
		if (worker->generation != master->current &&
		    worker->generation != master->upcoming)
			write_worker(master, worker, now_ms, out);
}

static bool
is_current(const struct master_listener *listener)
{
	return !listener->is_fresh;
}

static void
write_listeners(const struct master *master, FILE *out)
{
	struct master_list list;
	char addr[ADDR_TEXT_MAX];

	master_list_fill(master, is_current, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct master_list_row *row = &list.rows[i];
		const struct heritage_socket *socket = &row->one->socket;

		fprintf(out,
		    "listener transport=%s addr=%s service=%s role=%s "
		    "first=%u last=%u proxied=%d\n",
		    master_socket_transport_name(
		        (enum transport)socket->transport),
		    addr_format(&socket->addr, addr),
		    services[socket->service]->name,
		    settings_role_name(row->one->role), row->first, row->last,
		    socket->is_proxied);
	}
}

static void
write_counter(void *context, enum master_counters_kind kind, const char *name,
    uint64_t count)
{
	static const char *const words[] = {
	    [MASTER_COUNTERS_REFUSAL] = "refusal",
	    [MASTER_COUNTERS_GUARD] = "guard",
	    [MASTER_COUNTERS_OUTCOME] = "outcome",
	};
	FILE *out = context;

	if (kind == MASTER_COUNTERS_TOTAL)
		fprintf(out, " %s=%" PRIu64, name, count);
	else
		fprintf(out, "\n%s name=%s count=%" PRIu64, words[kind], name,
		    count);
}

static bool
is_served(const struct settings *settings, unsigned service)
{
	for (uint32_t i = 0; i < settings->listen_count; i++)
		if (settings->listens[i].service == service)
			return true;
	return false;
}

static void
write_services(const struct master *master, FILE *out)
{
	const struct master_counters_walker walker = {write_counter, out};

	for (unsigned i = 0; i < services_count; i++) {
		if (!is_served(master->current->settings, i))
			continue;
		fprintf(out, "service name=%s role=%s", services[i]->name,
		    settings_role_name(services[i]->role));
		master_counters_walk(master, i, &walker);
		putc('\n', out);
	}
}

void
master_status_write(const struct master *master, uint64_t now_ms, FILE *out)
{
	write_head(master, now_ms, out);
	write_roles(master, out);
	write_slots(master, master->current, now_ms, out);
	write_slots(master, master->upcoming, now_ms, out);
	write_others(master, now_ms, out);
	write_listeners(master, out);
	write_services(master, out);
	fputs(STATUS_LAST "\n", out);
}

/* FD, written through a stream of its own; false: errno. */
static bool
fill(const struct master *master, int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	FILE *out = copy == -1 ? NULL : fdopen(copy, "w");

	if (out == NULL) {
		int saved_errno = errno;

		if (copy != -1)
			close(copy);
		errno = saved_errno;
		return false;
	}
	master_status_write(master, master_now_ms(), out);
	bool is_whole = ferror(out) == 0;

	return fclose(out) == 0 && is_whole;
}

int
master_status_take(const struct master *master)
{
	enum {
		SEALS = F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK
	};

	master_assert(master);
	int fd =
	    memfd_create("netlabd-status", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd == -1)
		return -1;
	if (fill(master, fd) && fcntl(fd, F_ADD_SEALS, SEALS) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return -1;
}
