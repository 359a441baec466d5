package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;
import java.util.Objects;

/** Realistic changes of a member. Each copies the changed values from another member. */
enum MemberEdit {
    MOVED((member, other, random) -> with(member, member.lastName(), member.email(), member.phoneNumber(), other)),
    OTHER_PHONE(
            (member, other, random) -> with(member, member.lastName(), member.email(), other.phoneNumber(), member)),
    OTHER_EMAIL((member, other, random) ->
            with(member, member.lastName(), email(member, member.lastName(), random), member.phoneNumber(), member)),
    MARRIED((member, other, random) -> {
        String name = other.lastName();
        return with(member, name, email(member, name, random), member.phoneNumber(), member);
    });

    /** Returns the changed member. */
    private interface Change {
        Member of(Member member, Member other, SeededRandom random);
    }

    private static final MemberEdit[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Change change;

    MemberEdit(Change change) {
        this.change = change;
    }

    /** Applies one of these. The result has the same key and differs in at least one column. */
    static Member alter(Member member, MemberGenerator others, SeededRandom random) {
        MemberEdit alteration = ALL[random.below(ALL.length)];
        Member altered = member;
        while (Objects.equals(altered, member)) {
            altered = alteration.change.of(member, others.member(random.below(others.rows())), random);
        }
        return altered;
    }

    private static String email(Member member, String lastName, SeededRandom random) {
        return Email.of(Email.mailbox(member.firstName()), Email.mailbox(lastName), random);
    }

    private static Member with(Member member, String lastName, String email, String phone, Member home) {
        return new Member(
                member.memberId(),
                member.firstName(),
                lastName,
                email,
                phone,
                home.address(),
                home.city(),
                home.country(),
                member.registrationDate());
    }
}
