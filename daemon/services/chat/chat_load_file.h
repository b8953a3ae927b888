/* chat_load_file.h — small files that keys name: secrets, certificates. They
 * are read here, since a worker may open none. Loader process only. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_LOAD_FILE_H
#define NETLAB_SERVICES_CHAT_CHAT_LOAD_FILE_H

#include "core/file_text.h"
#include "service.h"
#include "services/chat/chat_broker.h"

#include <limits.h>

struct chat_load_file {
	struct service_load *load;
	const char *key; /* that names it */
	bool is_secret;  /* others should not be able to read it */
	char path[PATH_MAX];
	struct file_text text;
};

/* Reads the file called NAME; load, key and is_secret of FILE are set, the rest
 * is zeros. False: it cannot, as told. The caller closes it either way. */
bool chat_load_file_open(struct chat_load_file *file, const char *name);
void chat_load_file_close(struct chat_load_file *file);

/* Tells that FILE has a FAULT, at the line that names it. */
void chat_load_file_tell(const struct chat_load_file *file, const char *fault);

/* Appends the file to the room's part. Nothing, and told: no memory. */
struct chat_broker_file chat_load_file_append(
    const struct chat_load_file *file);

#endif
