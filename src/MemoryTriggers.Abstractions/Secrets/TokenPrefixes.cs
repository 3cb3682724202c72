namespace MemoryTriggers.Secrets;

/// <summary>
/// How tokens of services begin, as their documents say. What is behind a prefix has at least so many characters; where the prefix could be
/// that of a name, a digit too.
/// </summary>
internal static class TokenPrefixes
{
    /// <summary>Those that end with <c>_</c>.</summary>
    public static readonly TokenPrefix[] Underscore =
    [
        // GitHub, GitLab runners, npm, Docker
        new("ghp_", 8), new("gho_", 8), new("ghu_", 8), new("ghs_", 8), new("ghr_", 8), new("github_pat_", 8), new("npm_", 30, true),
        new("dckr_pat_", 8), new("dckr_oat_", 8),
        // Stripe and others of payments
        new("sk_live_", 6), new("sk_test_", 6), new("rk_live_", 6), new("rk_test_", 6), new("pk_live_", 6), new("pk_test_", 6),
        new("whsec_", 8), new("shpat_", 8), new("shpss_", 8), new("shpca_", 8), new("shppa_", 8), new("live_", 30, true),
        // clouds and hosts
        new("dop_v1_", 8), new("doo_v1_", 8), new("dor_v1_", 8), new("tskey_", 16, true), new("rnd_", 20, true), new("sbp_", 20, true),
        new("vercel_", 20, true), new("nfp_", 20, true), new("fo1_", 20, true), new("cfut_", 16, true), new("pscale_tkn_", 8),
        new("pscale_pw_", 8), new("supabase_", 30, true),
        // models
        new("hf_", 20, true), new("gsk_", 20, true), new("r8_", 20, true), new("tgp_v1_", 16), new("fw_", 20, true), new("lsv2_pt_", 8),
        new("lsv2_sk_", 8),
        // tools
        new("glc_", 20, true), new("glsa_", 16, true), new("sntrys_", 16), new("sntryu_", 16), new("rubygems_", 16, true),
        new("figd_", 16, true), new("lin_api_", 8), new("ntn_", 20, true), new("secret_", 36, true), new("phc_", 20, true),
        new("phx_", 20, true), new("dp.st_", 16), new("pul_", 20, true), new("CLOJARS_", 30, true), new("xkeysib_", 20, true),
    ];

    /// <summary>Those that end with <c>-</c>.</summary>
    public static readonly TokenPrefix[] Hyphen =
    [
        // GitLab
        new("glpat-", 8), new("gldt-", 8), new("glrt-", 8), new("glptt-", 8), new("glcbt-", 8), new("glft-", 8), new("glsoat-", 8),
        new("gloas-", 8), new("glimt-", 8), new("glagent-", 8), new("glffct-", 8), new("glwt-", 8), new("GR1348941-", 8),
        // Slack
        new("xoxb-", 8), new("xoxp-", 8), new("xoxa-", 8), new("xoxr-", 8), new("xoxs-", 8), new("xoxc-", 8), new("xoxd-", 8),
        new("xoxe-", 8), new("xoxo-", 8), new("xapp-", 8),
        // models
        new("sk-proj-", 8), new("sk-ant-", 8), new("sk-svcacct-", 8), new("sk-admin-", 8), new("sk-or-", 16), new("sk-lf-", 8),
        new("sk-", 16, true), new("pplx-", 20, true), new("nvapi-", 16, true), new("xai-", 20, true), new("csk-", 20, true),
        // others
        new("GOCSPX-", 8), new("pypi-", 30, true), new("PMAK-", 16, true), new("NRAK-", 16, true), new("NRRA-", 16, true),
        new("sq0atp-", 8), new("sq0csp-", 8), new("key-", 32, true), new("xkeysib-", 20), new("xsmtpsib-", 20),
        new("AGE-SECRET-KEY-", 8), new("dapi-", 20, true), new("tskey-auth-", 8), new("tskey-api-", 8), new("tskey-client-", 8),
        new("rk-", 30, true), new("CFPAT-", 16, true), new("amzn1.oa2-cs.v1.", 16),
    ];

    /// <summary>Those that end with <c>.</c>.</summary>
    public static readonly TokenPrefix[] Dot =
    [
        new("ya29.", 8), new("hvs.", 16, true), new("hvb.", 16, true), new("hvr.", 16, true), new("SG.", 20, true), new("s.", 24, true),
        new("dp.pt.", 16), new("dp.st.", 16), new("dp.ct.", 16),
    ];

    /// <summary>Those without a mark in them, by their first letter.</summary>
    public static readonly TokenPrefix[] Letters =
    [
        // AWS: access keys, and those of temporary credentials. The rest is capitals and digits.
        new("AKIA", 12), new("ASIA", 12), new("ABIA", 12), new("ACCA", 12, true),
        // Google
        new("AIza", 20),
        // Atlassian, Twilio
        new("ATATT3x", 16), new("ATCTT3x", 16), new("ATBB", 24, true), new("SK", 32, true),
    ];
}
