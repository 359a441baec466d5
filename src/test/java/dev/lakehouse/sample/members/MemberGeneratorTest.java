package dev.lakehouse.sample.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemberGeneratorTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 20);

    @Test
    void theSameSeedRowsAndDateGiveTheSameMembersOnEveryMachine() throws Exception {
        // Whoever changes a generated value changes what everybody's tables hold: do it knowingly.
        assertThat(hash(members(MemberGenerator.of(123, 1_000, AS_OF), 1)))
                .isEqualTo("74039a94e102730657649e8aa460c086c1ec3dd97b988979627eec28d1535ff8");
    }

    @Test
    void theSameSeedAltersMembersInTheSameWay() throws Exception {
        MemberGenerator generator = MemberGenerator.of(5, 1_000, AS_OF);
        SeededRandom random = SeededRandom.of(9, -1);
        StringBuilder altered = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            altered.append(random.below(1_000_000_007L))
                    .append(MemberEdit.alter(generator.member(i), generator, random))
                    .append('\n');
        }

        assertThat(hash(altered.toString()))
                .isEqualTo("d11229ef9b98b88af23a297b427a838bb67017168a86c7e96dd7587c9a6b00c5");
    }

    @Test
    void membersDependNeitherOnThreadsNorOnLanguageNorOnTimeZone() throws Exception {
        MemberGenerator generator = MemberGenerator.of(7, 10_000, AS_OF);
        String here = hash(members(generator, 1));

        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(hash(members(MemberGenerator.of(7, 10_000, AS_OF), 8))).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void anotherSeedGivesOtherMembers() {
        assertThat(MemberGenerator.of(1, 10, AS_OF).member(3))
                .isNotEqualTo(MemberGenerator.of(2, 10, AS_OF).member(3));
    }

    @Test
    void idsAreRandomUuidsThatGrowWithTheIndex() {
        MemberGenerator generator = MemberGenerator.of(123, 100_000, AS_OF);
        String before = "";
        for (long i = 0; i < generator.rows(); i++) {
            String id = generator.member(i).memberId();
            UUID uuid = UUID.fromString(id);
            assertThat(id).isGreaterThan(before).isEqualTo(uuid.toString());
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            before = id;
        }
    }

    @Test
    void idsGrowToTheEndOfTheLargestTableToo() {
        MemberGenerator generator = MemberGenerator.of(123, 1_000_000_000, AS_OF);
        long last = generator.rows() - 1;

        assertThat(generator.member(last).memberId())
                .startsWith("ffff")
                .isGreaterThan(generator.member(last - 1).memberId());
        assertThat(generator.member(0).memberId()).startsWith("0000");
    }

    @Test
    void everyMemberMeetsTheExpectationsOfTheLoadAndFitsItsColumns() {
        for (Member member : members(MemberGenerator.of(5, 100_000, AS_OF), 2)) {
            assertThat(member.email()).matches("[^@\\s]+@[^@\\s]+").hasSizeLessThanOrEqualTo(254);
            assertThat(member.firstName()).isNotBlank().hasSizeLessThanOrEqualTo(100);
            assertThat(member.lastName()).isNotBlank().hasSizeLessThanOrEqualTo(100);
            assertThat(member.country()).isNotBlank().hasSizeLessThanOrEqualTo(100);
            assertThat(member.registrationDate()).isBetween(AS_OF.minusYears(2), AS_OF);
            assertThat(length(member.phoneNumber())).isBetween(6, 40);
            assertThat(length(member.address())).isBetween(4, 200);
            assertThat(length(member.city())).isBetween(2, 100);
        }
    }

    @Test
    void registrationsReachFromTwoYearsBeforeTheDateToTheDateItself() {
        LocalDate leapDay = LocalDate.of(2028, 2, 29);
        Set<LocalDate> dates = members(MemberGenerator.of(5, 20_000, leapDay), 2).stream()
                .map(Member::registrationDate)
                .collect(Collectors.toSet());

        assertThat(dates).contains(LocalDate.of(2026, 2, 28), leapDay).hasSize(732);
    }

    @Test
    void lifeIsInTheMembers() {
        List<Member> members = members(MemberGenerator.of(123, 20_000, AS_OF), 2);

        assertThat(share(members, member -> member.phoneNumber() == null)).isBetween(0.08, 0.16);
        assertThat(share(members, member -> member.address() == null)).isBetween(0.05, 0.11);
        assertThat(share(members, member -> member.city() == null)).isBetween(0.01, 0.03);
        assertThat(share(members, member -> member.lastName().matches(".*[^\\x00-\\x7F].*")))
                .isGreaterThan(0.05);
        assertThat(members.stream().map(Member::country).distinct()).hasSizeGreaterThan(8);
        assertThat(new HashSet<>(members.stream().map(Member::address).toList()))
                .hasSizeGreaterThan(15_000);
    }

    @Test
    void noRowsAreAMistakeOfTheUser() {
        assertThatThrownBy(() -> MemberGenerator.of(123, 0, AS_OF))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Cannot generate 0 members.");
    }

    private static List<Member> members(MemberGenerator generator, int shards) {
        return LongStream.range(0, shards)
                .parallel()
                .boxed()
                .flatMap(shard -> LongStream.range(
                                generator.rows() * shard / shards, generator.rows() * (shard + 1) / shards)
                        .mapToObj(generator::member))
                .toList();
    }

    private static String hash(List<Member> members) throws Exception {
        StringBuilder text = new StringBuilder();
        members.forEach(member -> LoadText.append(member, text));
        return hash(text.toString());
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    /** Of a text that may be missing, for which a length that is always allowed stands. */
    private static int length(String text) {
        return text == null ? 20 : text.length();
    }

    private static double share(List<Member> members, Function<Member, Boolean> test) {
        return members.stream().filter(test::apply).count() / (double) members.size();
    }
}
