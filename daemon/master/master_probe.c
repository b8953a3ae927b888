/* master_probe.c — before a program takes over: could it have all addresses? */
#include "master/master_probe.h"

#include "master/master_name.h"
#include "master/master_refusal.h"
#include "master/master_socket.h"

#include <errno.h>

static bool
is_held(const struct master_handover *handover,
    const struct settings_listen *listen)
{
	for (size_t i = 0; i < handover->socket_count; i++)
		if (master_name_may_hold(handover->sockets[i].name,
		        &listen->addr, (enum transport)listen->transport))
			return true;
	return false;
}

bool
master_probe(const struct settings *settings,
    const struct master_handover *handover,
    void (*tell)(void *context, bool is_error, const char *line), void *context)
{
	struct master_listen_error error = {.count = 0};

	for (uint32_t i = 0; i < settings->listen_count; i++) {
		const struct settings_listen *listen = &settings->listens[i];

		if (is_held(handover, listen) ||
		    master_socket_is_free(
		        &listen->addr, (enum transport)listen->transport))
			continue;
		error.list[error.count++] =
		    (struct master_listen_failure){.listen = i, .code = errno};
	}
	if (error.count > 0)
		master_refusal_tell(settings, &error, tell, context);
	return error.count == 0;
}
