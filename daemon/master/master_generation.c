/* master_generation.c — one configuration with its data. */
#include "master/master_generation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool
fill(struct master_generation *generation, const struct loaded *loaded)
{
	generation->loaded = *loaded;
	if (!image_map(&generation->image, loaded->image_fd)) {
		log_error(
		    "the loader's image is of no use: %s", strerror(errno));
		return false;
	}
	generation->loaded.image_fd = -1;
	generation->settings = settings_of(&generation->image);
	if (generation->settings == NULL)
		log_error("the loader's image has no settings");
	return generation->settings != NULL;
}

/* First in the list of those that live. */
static void
enter(struct master *master, struct master_generation *generation)
{
	generation->next = master->generations;
	master->generations = generation;
}

static void
release(struct master_generation *generation)
{
	loader_release(&generation->loaded);
	image_unmap(&generation->image);
	free(generation);
}

struct master_generation *
master_generation_new(struct master *master, struct loaded *loaded)
{
	struct master_generation *generation = calloc(1, sizeof(*generation));

	master_assert(master);
	if (generation == NULL) {
		log_error("out of memory for a generation");
		loader_release(loaded);
		return NULL;
	}
	generation->image.fd = -1;
	if (!fill(generation, loaded)) {
		release(generation);
		return NULL;
	}
	generation->number = master->last_generation + 1;
	enter(master, generation);
	return generation;
}

struct master_generation *
master_generation_former(struct master *master, unsigned number)
{
	struct master_generation *generation = calloc(1, sizeof(*generation));

	master_assert(master);
	if (generation == NULL)
		return NULL;
	generation->number = number;
	generation->is_former = true;
	generation->image.fd = -1;
	generation->loaded.image_fd = -1;
	enter(master, generation);
	return generation;
}

void
master_generation_collect(struct master *master)
{
	struct master_generation **place = &master->generations;

	while (*place != NULL) {
		struct master_generation *one = *place;

		if (one == master->current || one == master->upcoming ||
		    one->users > 0) {
			place = &one->next;
		} else {
			*place = one->next;
			release(one);
		}
	}
}
