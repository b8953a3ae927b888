/* master_lend.c — a waiting slot's sockets in a neighbour's hands. */
#include "master/master_lend.h"

#include "core/control.h"
#include "master/master_listen.h"

#include <errno.h>
#include <string.h>

static struct master_worker *
find_neighbour(
    const struct master_generation *generation, enum role role, unsigned slot)
{
	for (unsigned i = 0; i < generation->settings->roles[role].workers;
	     i++) {
		struct master_worker *worker =
		    generation->slots[role][i].worker;

		if (i != slot && worker != NULL &&
		    worker->phase == MASTER_PHASE_READY &&
		    worker->control.fd != -1)
			return worker;
	}
	return NULL;
}

static bool
send_sockets(const struct master_worker *to, unsigned slot,
    const struct heritage_socket *sockets, size_t count)
{
	struct control_message message = {
	    .kind = CONTROL_LEND,
	    .argument = slot,
	};

	for (size_t done = 0; done < count; done += message.socket_count) {
		size_t left = count - done;

		message.socket_count = left < CONTROL_SOCKET_MAX
		                           ? (uint32_t)left
		                           : CONTROL_SOCKET_MAX;
		memcpy(message.sockets, sockets + done,
		    message.socket_count * sizeof(*sockets));
		if (!control_send(to->control.fd, &message))
			return false;
	}
	return true;
}

void
master_lend_out(struct master *master, struct master_generation *generation,
    enum role role, unsigned slot)
{
	struct heritage_socket sockets[SETTINGS_LISTEN_MAX];
	struct master_slot *place = &generation->slots[role][slot];

	/* It has them still: a slot whose next worker fails as well must not
	 * fill its neighbour with copies, one at each try. */
	if (place->borrower != NULL)
		return;
	struct master_worker *to = find_neighbour(generation, role, slot);

	if (to == NULL)
		return;
	size_t count = master_listen_of_slot(
	    master, role, slot, generation == master->upcoming, sockets);

	if (!send_sockets(to, slot, sockets, count))
		log_warn("%s worker %u cannot borrow sockets: %s",
		    settings_role_name(role), to->slot, strerror(errno));
	place->borrower = to;
}

void
master_lend_recall(
    struct master_generation *generation, enum role role, unsigned slot)
{
	struct master_slot *place = &generation->slots[role][slot];
	struct control_message message = {
	    .kind = CONTROL_RECALL,
	    .argument = slot,
	};

	/* Serving them twice would be harmless, so a failure is no matter. */
	if (place->borrower != NULL && place->borrower->control.fd != -1 &&
	    !control_send(place->borrower->control.fd, &message))
		log_debug("recall: %s", strerror(errno));
	place->borrower = NULL;
}

void
master_lend_borrower_gone(
    struct master *master, const struct master_worker *worker)
{
	struct master_generation *generation = worker->generation;
	enum role role = worker->role;

	/* The sockets that it served besides its own are our workers' now. */
	if (generation->is_former)
		return;
	for (unsigned slot = 0;
	     slot < generation->settings->roles[role].workers; slot++) {
		struct master_slot *place = &generation->slots[role][slot];

		if (place->borrower != worker)
			continue;
		place->borrower = NULL;
		if (place->respawn_at_ms != 0 &&
		    master->state != MASTER_STOPPING)
			master_lend_out(master, generation, role, slot);
	}
}
