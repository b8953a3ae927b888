/* master_drop.c — rights given up, and the proof that they are gone. */
#include "master/master_drop.h"

#include "core/log.h"

#include <cap-ng.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

bool
master_drop_look_up(
    const struct settings *settings, struct master_identity *identity)
{
	*identity = (struct master_identity){
	    .is_root = geteuid() == 0,
	    .uid = geteuid(),
	    .gid = getegid(),
	};
	if (!identity->is_root)
		return true;
	const struct passwd *user = getpwnam(settings->user);

	if (user == NULL || user->pw_uid == 0) {
		log_error("%s: user \"%s\" %s", settings->file, settings->user,
		    user == NULL ? "does not exist"
		                 : "is root, which nothing here needs");
		return false;
	}
	identity->uid = user->pw_uid;
	identity->gid = user->pw_gid;
	if (settings->group[0] == '\0')
		return true;
	const struct group *group = getgrnam(settings->group);

	if (group == NULL) {
		log_error("%s: group \"%s\" does not exist", settings->file,
		    settings->group);
		return false;
	}
	identity->gid = group->gr_gid;
	return true;
}

/* Leaves CAP_NET_BIND_SERVICE alone, in the bounding set too while we may
 * change that. */
static bool
limit_bounds(void)
{
	if (!capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP))
		return true;
	capng_clear(CAPNG_SELECT_BOUNDS);
	capng_update(CAPNG_ADD, CAPNG_BOUNDING_SET, CAP_NET_BIND_SERVICE);
	return capng_apply(CAPNG_SELECT_BOUNDS) == 0;
}

static bool
limit_capabilities(void)
{
	capng_get_caps_process();
	bool has_bind =
	    capng_have_capability(CAPNG_PERMITTED, CAP_NET_BIND_SERVICE) != 0;

	capng_clear(CAPNG_SELECT_CAPS);
	if (has_bind)
		capng_update(CAPNG_ADD,
		    (capng_type_t)(CAPNG_EFFECTIVE | CAPNG_PERMITTED),
		    CAP_NET_BIND_SERVICE);
	return capng_apply(CAPNG_SELECT_CAPS) == 0;
}

/* Groups first, while we still may; the capabilities outlive the change of the
 * user by PR_SET_KEEPCAPS, and are then cut down to one. */
static bool
change_identity(
    const struct master_identity *identity, const struct settings *settings)
{
	if (!identity->is_root)
		return true;
	return initgroups(settings->user, identity->gid) == 0 &&
	       setresgid(identity->gid, identity->gid, identity->gid) == 0 &&
	       prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0 &&
	       setresuid(identity->uid, identity->uid, identity->uid) == 0 &&
	       prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) == 0;
}

/* The way back must be shut: nothing but the kernel's refusal counts. */
static bool
is_proven(const struct master_identity *identity)
{
	uid_t real_uid, effective_uid, saved_uid;
	gid_t real_gid, effective_gid, saved_gid;

	if (setresuid(0, 0, 0) != -1 || errno != EPERM)
		return false;
	return getresuid(&real_uid, &effective_uid, &saved_uid) == 0 &&
	       getresgid(&real_gid, &effective_gid, &saved_gid) == 0 &&
	       real_uid == identity->uid && effective_uid == identity->uid &&
	       saved_uid == identity->uid && identity->uid != 0 &&
	       real_gid == identity->gid && effective_gid == identity->gid &&
	       saved_gid == identity->gid &&
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

bool
master_drop(
    const struct master_identity *identity, const struct settings *settings)
{
	capng_get_caps_process();
	/* Not dumpable: a worker that was broken into must not trace the
	 * master, which is of the same user and may bind low ports. */
	if (!limit_bounds() || !change_identity(identity, settings) ||
	    !limit_capabilities() ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1) {
		log_error("rights cannot be dropped: %s", strerror(errno));
		return false;
	}
	if (!is_proven(identity)) {
		log_error("rights have been dropped, and are still there");
		return false;
	}
	return true;
}

static bool
set_inheritable(bool is_inheritable)
{
	capng_get_caps_process();
	capng_update(is_inheritable ? CAPNG_ADD : CAPNG_DROP, CAPNG_INHERITABLE,
	    CAP_NET_BIND_SERVICE);
	return capng_apply(CAPNG_SELECT_CAPS) == 0;
}

/* A program without file capabilities gets those of its parent by the ambient
 * set alone, which has nothing that is not inheritable. */
void
master_drop_pass_on(void)
{
	capng_get_caps_process();
	if (!capng_have_capability(CAPNG_PERMITTED, CAP_NET_BIND_SERVICE) ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_NET_BIND_SERVICE,
	        0, 0) == 1)
		return;
	if (!set_inheritable(true) ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_BIND_SERVICE, 0,
	        0) == -1)
		log_warn("the right to bind ports below 1024 cannot be handed "
		         "over: %s",
		    strerror(errno));
}

/* What is not inheritable leaves the ambient set as well. */
void
master_drop_keep(void)
{
	if (!set_inheritable(false))
		log_warn("capabilities: %s", strerror(errno));
}

bool
master_drop_all(void)
{
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	capng_get_caps_process();
	capng_clear(CAPNG_SELECT_CAPS);
	if (capng_apply(CAPNG_SELECT_CAPS) == 0)
		return true;
	log_error("the last capability cannot be dropped: %s", strerror(errno));
	return false;
}
