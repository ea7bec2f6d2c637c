/**
 * The formula that installs an executable with Homebrew, for a release.
 *
 * @param {string} version of the release
 * @param {ReadonlyMap<string, string>} sums SHA-256 of the executables, by platform
 * @returns {string | undefined} undefined where one of its platforms is not there
 */
export function homebrewFormula(version, sums) {
  const archive = (platform) => {
    const sum = sums.get(platform);
    return sum && { platform, sum };
  };
  const [macArm, macIntel, linuxArm, linuxIntel] = [
    'macos-arm64',
    'macos-x64',
    'linux-arm64',
    'linux-x64',
  ].map(archive);
  if (!macArm || !macIntel || !linuxArm || !linuxIntel) return undefined;
  const address = `https://github.com/cfn-tx-lint/cfn-tx-lint/releases/download/v${version}`;
  const source = ({ platform, sum }) => `      url "${address}/cfn-tx-lint-${platform}"
      sha256 "${sum}"`;
  const system = (name, arm, intel) => `  on_${name} do
    on_arm do
${source(arm)}
    end
    on_intel do
${source(intel)}
    end
  end`;
  return `class CfnTxLint < Formula
  desc "Linter for OAuth2 token exchange on Amazon Bedrock AgentCore"
  homepage "https://github.com/cfn-tx-lint/cfn-tx-lint"
  version "${version}"
  license "Apache-2.0"

${system('macos', macArm, macIntel)}

${system('linux', linuxArm, linuxIntel)}

  def install
    bin.install Dir["cfn-tx-lint-*"].first => "cfn-tx-lint"
    generate_completions_from_executable(bin/"cfn-tx-lint", "completions", shells: [:bash, :zsh, :fish])
  end

  test do
    (testpath/"template.yaml").write <<~YAML
      Resources:
        Gateway:
          Type: AWS::BedrockAgentCore::Gateway
    YAML
    assert_match "1 file", shell_output("#{bin}/cfn-tx-lint template.yaml")
  end
end
`;
}
